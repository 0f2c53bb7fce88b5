import { JsonNumber } from '../../formats/json/exact-json.ts';
import { type CaseJson, type CaseObject, isObject, writeCaseJson } from '../query-cases/case-json.ts';
import { messageTexts } from './message-text.ts';

/** Whether a server's answer is what a case expects. Undefined: it is; else what is not. */
export function responseProblem(expected: CaseObject, actual: CaseJson, statement: string): string | undefined {
  if (isObject(expected.admin)) return adminProblem(expected.admin, actual, statement);
  const { query: rows, queryProto: messages } = expected;
  if (Array.isArray(rows)) return rowsProblem(rows as readonly CaseJson[], actual, statement);
  if (Array.isArray(messages)) return messagesProblem(messages as readonly CaseJson[], actual);
  return 'the case expects an answer of a kind that is not known here';
}

/** Header and last word by position, the messages in any order; both told as text. */
function messagesProblem(expected: readonly CaseJson[], actual: CaseJson): string | undefined {
  const elements = Array.isArray(actual) ? (actual as readonly CaseJson[]).filter(isObject) : [];
  const header = elements[0]?.header;
  const protoSchema = isObject(header) ? header.protoSchema : undefined;
  if (typeof protoSchema !== 'string') return `expected a header with a protoSchema, got ${writeCaseJson(actual)}`;
  const print = messageTexts(protoSchema);
  const told = elements.map((each): CaseJson => {
    if (isObject(each.header)) return { header: { protoSchema } };
    if (!isObject(each.row)) return each;
    return { row: print(String(each.row.protobufBytes ?? '')) };
  });
  const isRow = (each: CaseJson): boolean => isObject(each) && each.row !== undefined;
  const sorted = (all: readonly CaseJson[]): string =>
    [...all.filter((each) => !isRow(each)).map(writeCaseJson), ...all.filter(isRow).map(writeCaseJson).sort()].join(
      '\n',
    );
  const [wanted, got] = [sorted(expected), sorted(told)];
  return wanted === got ? undefined : `expected ${wanted}\ngot ${got}`;
}

function adminProblem(expected: CaseObject, actual: CaseJson, statement: string): string | undefined {
  const same = isObject(actual) && includes(expected, actual, statement);
  return same ? undefined : `expected ${writeCaseJson(expected)}, got ${writeCaseJson(actual)}`;
}

/** Header, last word and marks of deletion by position; the columns of the rows in any order. */
function rowsProblem(expected: readonly CaseJson[], actual: CaseJson, statement: string): string | undefined {
  const wanted = expected.filter(isObject);
  const got = Array.isArray(actual) ? (actual as readonly CaseJson[]).filter(isObject) : [];
  const differs = `expected ${wanted.map(writeCaseJson).join('\n  ')}\ngot ${got.map(writeCaseJson).join('\n  ')}`;
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
    if (found === -1) return `${differs}\nmissing ${writeCaseJson(columns)}`;
    left.splice(found, 1);
  }
  return undefined;
}

function columnsOf({ row }: CaseObject): readonly CaseJson[] {
  return isObject(row) && row.columns !== undefined ? [row.columns] : [];
}

const isTombstone = ({ row }: CaseObject): boolean => isObject(row) && row.tombstone === true;

const PREFIX_MARK = '|starts_with';

/** Only what is expected counts; the actual object may have more. */
function includes(expected: CaseObject, actual: CaseObject, statement: string): boolean {
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
function equal(expected: CaseJson, actual: CaseJson): boolean {
  if (expected instanceof JsonNumber) return actual instanceof JsonNumber && sameNumber(expected, actual);
  if (Array.isArray(expected)) {
    const [left, right] = [expected as readonly CaseJson[], actual as readonly CaseJson[]];
    return Array.isArray(actual) && left.length === right.length && left.every((each, at) => equal(each, right[at]!));
  }
  if (isObject(expected)) {
    const names = Object.keys(expected);
    if (!isObject(actual) || names.length !== Object.keys(actual).length) return false;
    return names.every((name) => actual[name] !== undefined && equal(expected[name]!, actual[name]));
  }
  return expected === actual;
}

function sameNumber(left: JsonNumber, right: JsonNumber): boolean {
  const [one, other] = [left.decimal, right.decimal];
  return left.isFraction === right.isFraction && one.unscaled === other.unscaled && one.scale === other.scale;
}
