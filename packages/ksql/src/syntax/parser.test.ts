import { Lexer } from 'chevrotain';
import { expect, test } from 'vitest';
import { StatementRules } from './grammar/statement-rules.ts';
import { LOOKAHEAD_MAX } from './lazy-lookahead.ts';
import { allTokens } from './tokens.ts';

/** As the parser, but for what it leaves out to start sooner. */
class CheckedParser extends StatementRules {
  constructor() {
    super({ maxLookahead: LOOKAHEAD_MAX, skipValidations: false });
    this.performSelfAnalysis();
  }
}

test('no two alternatives of the grammar begin alike, no rule calls itself first, and nothing empty repeats', () => {
  expect(() => new CheckedParser()).not.toThrow();
});

test('every token can be met, and none hides another', () => {
  const { lexerDefinitionErrors } = new Lexer([...allTokens], { ensureOptimizations: false, skipValidations: false });
  expect(lexerDefinitionErrors).toEqual([]);
});

test('a grammar that is ambiguous is found to be', () => {
  class Ambiguous extends StatementRules {
    readonly twice = this.RULE('twice', () => {
      this.OR([{ ALT: () => this.SUBRULE(this.statement) }, { ALT: () => this.SUBRULE1(this.statement) }]);
    });

    constructor() {
      super({ maxLookahead: LOOKAHEAD_MAX, skipValidations: false });
      this.performSelfAnalysis();
    }
  }
  expect(() => new Ambiguous()).toThrow(/Ambiguous/);
});
