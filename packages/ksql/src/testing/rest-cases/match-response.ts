import { type ExactJson, ExactNumber, type ExactObject, isObject, writeExactJson } from '../query-cases/exact-json.ts';

/** Whether a server's answer is what a case expects. Undefined: it is; else what is not. */
export function responseProblem(expected: ExactObject, actual: ExactJson, statement: string): string | undefined {
  if (isObject(expected.admin)) return adminProblem(expected.admin, actual, statement);
  const rows = expected.query;
  if (!Array.isArray(rows)) return 'the case expects an answer of a kind that is not known here';
  return rowsProblem(rows as readonly ExactJson[], actual, statement);
}

function adminProblem(expected: ExactObject, actual: ExactJson, statement: string): string | undefined {
  const same = isObject(actual) && includes(expected, actual, statement);
  return same ? undefined : `expected ${writeExactJson(expected)}, got ${writeExactJson(actual)}`;
}

/** Header, last word and marks of deletion by position; the columns of the rows in any order. */
function rowsProblem(expected: readonly ExactJson[], actual: ExactJson, statement: string): string | undefined {
  const wanted = expected.filter(isObject);
  const got = Array.isArray(actual) ? (actual as readonly ExactJson[]).filter(isObject) : [];
  const differs = `expected ${wanted.map(writeExactJson).join('\n  ')}\ngot ${got.map(writeExactJson).join('\n  ')}`;
  if (wanted.length !== got.length) return differs;
  const left = got.flatMap(columnsOf);
  for (const [position, each] of wanted.entries()) {
    const other = got[position]!;
    const columns = columnsOf(each)[0];
    if (columns === undefined) {
      if (!includes(each, other, statement)) return differs;
      continue;
    }
    if (isTombstone(each) !== isTombstone(other)) return differs;
    const found = left.findIndex((candidate) => equal(columns, candidate));
    if (found === -1) return `${differs}\nmissing ${writeExactJson(columns)}`;
    left.splice(found, 1);
  }
  return undefined;
}

function columnsOf({ row }: ExactObject): readonly ExactJson[] {
  return isObject(row) && row.columns !== undefined ? [row.columns] : [];
}

const isTombstone = ({ row }: ExactObject): boolean => isObject(row) && row.tombstone === true;

const PREFIX_MARK = '|starts_with';

/** Only what is expected counts; the actual object may have more. */
function includes(expected: ExactObject, actual: ExactObject, statement: string): boolean {
  return Object.entries(expected).every(([name, value]) => {
    if (name.endsWith(PREFIX_MARK) && typeof value === 'string') {
      const other = actual[name.slice(0, -PREFIX_MARK.length)];
      return typeof other === 'string' && other.startsWith(value);
    }
    const other = actual[name];
    if (isObject(value)) return isObject(other) && includes(value, other, statement);
    const wanted = typeof value === 'string' ? value.replaceAll('{STATEMENT}', statement) : value;
    return other !== undefined && equal(wanted, other);
  });
}

/** As a whole; numbers as they are spelled, but for exponents: integers are no fractions, 1.10 is not 1.1. */
function equal(expected: ExactJson, actual: ExactJson): boolean {
  if (expected instanceof ExactNumber) return actual instanceof ExactNumber && sameNumber(expected, actual);
  if (Array.isArray(expected)) {
    const [left, right] = [expected as readonly ExactJson[], actual as readonly ExactJson[]];
    return Array.isArray(actual) && left.length === right.length && left.every((each, at) => equal(each, right[at]!));
  }
  if (isObject(expected)) {
    const names = Object.keys(expected);
    if (!isObject(actual) || names.length !== Object.keys(actual).length) return false;
    return names.every((name) => actual[name] !== undefined && equal(expected[name]!, actual[name]));
  }
  return expected === actual;
}

function sameNumber(left: ExactNumber, right: ExactNumber): boolean {
  const [one, other] = [left.decimal, right.decimal];
  return left.isFraction === right.isFraction && one.unscaled === other.unscaled && one.scale === other.scale;
}
