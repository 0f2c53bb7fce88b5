import {
  Alternation,
  type Alternative,
  type IProduction,
  NonTerminal,
  Option,
  Repetition,
  RepetitionMandatory,
  RepetitionMandatoryWithSeparator,
  RepetitionWithSeparator,
  Terminal,
  type TokenType,
} from 'chevrotain';
import { grammarRules } from './parser.ts';

/**
 * The grammar in the notation of SQL's manuals: `[ x ]` may be left out, `{ x | y }` is one of them, `x [, …]` is one or more
 * with commas between. Words in upper case stand for themselves; what is in lower case is a rule.
 */

/** What is not a word or the name of a rule: it holds others. */
type Holder = IProduction & { readonly definition: readonly IProduction[] };

/** Rules that are written out where they are used. */
const INLINE: ReadonlySet<string> = new Set([
  ...['identifier', 'ifNotExists', 'ifExists', 'sourceKind', 'resourceName', 'alias', 'allFields', 'selectAllOf'],
  ...['limitClause', 'whereClause', 'groupByClause', 'partitionByClause', 'havingClause', 'emitClause', 'columns'],
  ...['withClause', 'tableElements', 'gracePeriod', 'timeout', 'aliasedSource', 'alterOption', 'windowLimits'],
  ...['valueList', 'assertTopic', 'assertSchema', 'assertValues', 'assertNullValues', 'assertSource', 'selectItem'],
  ...['relation', 'structTypeField', 'columnConstraint', 'typeParameter'],
]);

const LINE_CHARACTERS_MAX = 110;

const LITERALS: Readonly<Record<string, string>> = {
  NAME: 'name',
  STRING: "'text'",
  INTEGER_VALUE: 'integer',
  DECIMAL_VALUE: 'decimal',
  FLOATING_POINT_VALUE: 'float',
  IDENTIFIER: 'name',
};

/** How a rule is written: `a-rule` for `aRule`. */
export function ruleName(rule: string): string {
  return rule.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The definition of a rule, one line for each of its alternatives. */
export function printRule(rule: string): string {
  const { definition } = ruleOf(rule);
  const [only, ...rest] = definition;
  if (!(only instanceof Alternation && rest.length === 0)) return broken(sequence(definition));
  return (only.definition as Alternative[]).map((alternative) => broken(sequence(alternative.definition))).join('\n');
}

/** The rules that stand by name in a rule, and in those that are written out in it. */
export function rulesIn(rule: string): readonly string[] {
  const found = new Set<string>();
  const visit = (productions: readonly IProduction[]): void => {
    for (const each of productions) {
      if (!(each instanceof NonTerminal)) {
        if ('definition' in each) visit((each as Holder).definition);
      } else if (INLINE.has(each.nonTerminalName)) visit(ruleOf(each.nonTerminalName).definition);
      else found.add(each.nonTerminalName);
    }
  };
  visit(ruleOf(rule).definition);
  return [...found];
}

/** A long line in several: before each part that may be left out, and then before each alternative. */
function broken(line: string): string {
  const lines = splitWhenLong(line, (rest, depth) => depth === 0 && rest.startsWith('[') && !rest.startsWith('[,'));
  return lines
    .flatMap((each) => splitWhenLong(each, (rest, depth) => depth === 1 && rest.startsWith('| ')))
    .join('\n    ');
}

function splitWhenLong(line: string, isCut: (rest: string, depth: number) => boolean): readonly string[] {
  if (line.length <= LINE_CHARACTERS_MAX) return [line];
  const lines = [''];
  let depth = 0;
  for (const [position, character] of [...line].entries()) {
    if (position > 0 && isCut(line.slice(position), depth)) lines.push('');
    if ('[{('.includes(character)) depth++;
    if (']})'.includes(character)) depth--;
    lines[lines.length - 1] += character;
  }
  return lines.map((each) => each.trimEnd());
}

function ruleOf(rule: string): { readonly definition: readonly IProduction[] } {
  return grammarRules()[rule]!;
}

function sequence(productions: readonly IProduction[]): string {
  return productions
    .map(print)
    .filter((text) => text !== '')
    .join(' ')
    .replace(/\( /g, '(')
    .replace(/ ([),])/g, '$1')
    .replace(/ \. /g, '.');
}

function print(production: IProduction): string {
  if (production instanceof Terminal) {
    const name = production.terminalType.name;
    return LITERALS[name] ?? name.replace(/^'([^[\]]*)'$/, '$1');
  }
  if (production instanceof NonTerminal) {
    const rule = production.nonTerminalName;
    return INLINE.has(rule) ? sequence(ruleOf(rule).definition) : ruleName(rule);
  }
  if (production instanceof Alternation) return choice(production);
  const body = sequence((production as Holder).definition);
  if (production instanceof Option) return `[ ${unbraced(body)} ]`;
  if (production instanceof Repetition) return `[ ${unbraced(body)} ]…`;
  if (production instanceof RepetitionMandatory) return `${body}…`;
  if (production instanceof RepetitionMandatoryWithSeparator) return list(body, production);
  if (production instanceof RepetitionWithSeparator) return `[ ${list(body, production)} ]`;
  return body;
}

function list(body: string, { separator }: { readonly separator: TokenType }): string {
  return separator.name === "','" ? `${body} [, …]` : `${body} [ ${separator.name.replaceAll("'", '')} … ]`;
}

function choice(alternation: Alternation): string {
  const texts = (alternation.definition as Alternative[]).map((alternative) => sequence(alternative.definition));
  return texts.length === 1 ? texts[0]! : `{ ${texts.join(' | ')} }`;
}

/** Brackets around one choice are enough. */
function unbraced(text: string): string {
  const isOneChoice = text.startsWith('{ ') && text.endsWith(' }') && !text.slice(2, -2).includes('{');
  return isOneChoice ? text.slice(2, -2) : text;
}
