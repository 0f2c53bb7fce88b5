import {
  Alternation,
  type Alternative,
  type IProduction,
  NonTerminal,
  type Rule as Production,
  Repetition,
  RepetitionMandatoryWithSeparator,
  RepetitionWithSeparator,
  Terminal,
  type TokenType,
} from 'chevrotain';

/** What the grammar itself says about a place where a parse failed. */

type Productions = Readonly<Record<string, Production>>;

function walk(productions: readonly IProduction[], visit: (siblings: readonly IProduction[]) => void): void {
  visit(productions);
  for (const each of productions) {
    if ('definition' in each && !(each instanceof NonTerminal)) walk(each.definition as IProduction[], visit);
  }
}

/** The separator of a list that ends right before `expected` in a rule: it could have gone on there as well. */
export function separatorBefore(rule: string, expected: TokenType, productions: Productions): TokenType | undefined {
  let separator: TokenType | undefined;
  walk(productions[rule]?.definition ?? [], (siblings) => {
    siblings.forEach((each, position) => {
      if (!(each instanceof Terminal) || each.terminalType !== expected) return;
      const before = siblings[position - 1];
      if (before instanceof RepetitionMandatoryWithSeparator || before instanceof RepetitionWithSeparator) {
        separator = before.separator;
      }
    });
  });
  return separator;
}

/** The tokens a rule's choice is between, if the rule is nothing but a choice between single tokens. */
export function alternativesOf(rule: string, productions: Productions): readonly TokenType[] | undefined {
  const definition = productions[rule]?.definition ?? [];
  const [choice] = definition;
  if (!(choice instanceof Alternation) || definition.length > 1) return undefined;
  const types = (choice.definition as Alternative[]).map((alternative) => {
    const [only, ...rest] = alternative.definition;
    return only instanceof Terminal && rest.length === 0 ? only.terminalType : undefined;
  });
  return types.every((type) => type !== undefined) ? types : undefined;
}

/** The words that can begin what a rule repeats or chooses from. */
export function startersOf(rule: string, productions: Productions): readonly TokenType[] {
  const starters = new Set<TokenType>();
  const visit = (each: IProduction | undefined): void => {
    if (each instanceof Terminal) starters.add(each.terminalType);
    else if (each instanceof NonTerminal) visit(productions[each.nonTerminalName]?.definition[0]);
    else if (each instanceof Alternation) visitAlternatives(each);
    else if (each instanceof Repetition) visit((each as Repetition).definition[0]);
  };
  const visitAlternatives = (choice: Alternation): void => {
    for (const alternative of choice.definition as Alternative[]) visit(alternative.definition[0]);
  };
  visit(productions[rule]?.definition[0]);
  return [...starters];
}
