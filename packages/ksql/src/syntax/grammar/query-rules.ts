import * as t from '../tokens.ts';
import { ExpressionRules } from './expression-rules.ts';
import type { Rule } from './type-rules.ts';

/** SELECT: projection, joins, windows, and the clauses in their fixed order. */
export class QueryRules extends ExpressionRules {
  readonly query: Rule = this.RULE('query', () => {
    this.CONSUME(t.Word.SELECT);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.selectItem) });
    this.CONSUME(t.Word.FROM);
    this.SUBRULE(this.relation);
    this.OPTION1(() => this.SUBRULE(this.windowClause));
    this.OPTION2(() => this.SUBRULE(this.whereClause));
    this.OPTION3(() => this.SUBRULE(this.groupByClause));
    this.OPTION4(() => this.SUBRULE(this.partitionByClause));
    this.OPTION5(() => this.SUBRULE(this.havingClause));
    this.OPTION6(() => this.SUBRULE(this.emitClause));
    this.OPTION7(() => this.SUBRULE(this.limitClause));
  });

  readonly selectItem: Rule = this.RULE('selectItem', () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Asterisk) },
      { GATE: () => this.LA(3).tokenType === t.Asterisk, ALT: () => this.SUBRULE(this.selectAllOf) },
      { ALT: () => this.SUBRULE(this.selectExpression), IGNORE_AMBIGUITIES: true },
    ]);
  });

  readonly selectAllOf: Rule = this.RULE('selectAllOf', () => {
    this.SUBRULE(this.identifier);
    this.CONSUME(t.Dot);
    this.CONSUME(t.Asterisk);
  });

  readonly selectExpression: Rule = this.RULE('selectExpression', () => {
    this.SUBRULE(this.expression);
    this.OPTION(() => this.OR([{ ALT: () => this.SUBRULE(this.allFields) }, { ALT: () => this.SUBRULE(this.alias) }]));
  });

  readonly allFields: Rule = this.RULE('allFields', () => {
    this.CONSUME(t.FieldArrow);
    this.CONSUME(t.Asterisk);
  });

  readonly alias: Rule = this.RULE('alias', () => {
    this.OPTION(() => this.CONSUME(t.Word.AS));
    this.SUBRULE(this.identifier);
  });

  readonly relation: Rule = this.RULE('relation', () => {
    this.SUBRULE(this.aliasedSource);
    this.MANY(() => this.SUBRULE(this.join));
  });

  readonly aliasedSource: Rule = this.RULE('aliasedSource', () => {
    this.SUBRULE(this.identifier);
    // `EMIT`, `PARTITION` and the window words may be names, but here they go on with the query.
    this.OPTION({ GATE: () => !this.#isClauseAhead(), DEF: () => this.SUBRULE(this.alias) });
  });

  readonly join: Rule = this.RULE('join', () => {
    this.OPTION(() =>
      this.OR([
        { ALT: () => this.CONSUME(t.Word.INNER) },
        {
          ALT: () => {
            this.OR2([
              { ALT: () => this.CONSUME(t.Word.LEFT) },
              { ALT: () => this.CONSUME(t.Word.RIGHT) },
              { ALT: () => this.CONSUME(t.Word.FULL) },
            ]);
            this.OPTION2(() => this.CONSUME(t.Word.OUTER));
          },
        },
      ]),
    );
    this.CONSUME(t.Word.JOIN);
    this.SUBRULE(this.aliasedSource);
    this.OPTION3(() => this.SUBRULE(this.within));
    this.CONSUME(t.Word.ON);
    this.SUBRULE(this.expression);
  });

  readonly within: Rule = this.RULE('within', () => {
    this.CONSUME(t.Word.WITHIN);
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.LeftParenthesis);
          this.SUBRULE(this.duration);
          this.CONSUME(t.Comma);
          this.SUBRULE2(this.duration);
          this.CONSUME(t.RightParenthesis);
        },
      },
      { ALT: () => this.SUBRULE3(this.duration) },
    ]);
    this.OPTION(() => this.SUBRULE(this.gracePeriod));
  });

  readonly duration: Rule = this.RULE('duration', () => {
    this.SUBRULE(this.number);
    this.SUBRULE(this.timeUnit);
  });

  readonly timeUnit: Rule = this.RULE('timeUnit', () => {
    const { DAY, HOUR, MINUTE, SECOND, MILLISECOND, DAYS, HOURS, MINUTES, SECONDS, MILLISECONDS } = t.Word;
    const units = [DAY, HOUR, MINUTE, SECOND, MILLISECOND, DAYS, HOURS, MINUTES, SECONDS, MILLISECONDS];
    this.OR(units.map((unit, index) => ({ ALT: () => this.consume(index, unit) })));
  });

  readonly gracePeriod: Rule = this.RULE('gracePeriod', () => {
    this.CONSUME(t.Word.GRACE);
    this.CONSUME(t.Word.PERIOD);
    this.SUBRULE(this.duration);
  });

  readonly windowClause: Rule = this.RULE('windowClause', () => {
    this.CONSUME(t.Word.WINDOW);
    this.OPTION(() => this.CONSUME(t.Identifier));
    this.OR([
      { ALT: () => this.SUBRULE(this.tumblingWindow) },
      { ALT: () => this.SUBRULE(this.hoppingWindow) },
      { ALT: () => this.SUBRULE(this.sessionWindow) },
    ]);
  });

  readonly tumblingWindow: Rule = this.RULE('tumblingWindow', () => {
    this.CONSUME(t.Word.TUMBLING);
    this.CONSUME(t.LeftParenthesis);
    this.CONSUME(t.Word.SIZE);
    this.SUBRULE(this.duration);
    this.SUBRULE(this.windowLimits);
    this.CONSUME(t.RightParenthesis);
  });

  readonly hoppingWindow: Rule = this.RULE('hoppingWindow', () => {
    this.CONSUME(t.Word.HOPPING);
    this.CONSUME(t.LeftParenthesis);
    this.CONSUME(t.Word.SIZE);
    this.SUBRULE(this.duration);
    this.CONSUME(t.Comma);
    this.CONSUME(t.Word.ADVANCE);
    this.CONSUME(t.Word.BY);
    this.SUBRULE2(this.duration);
    this.SUBRULE(this.windowLimits);
    this.CONSUME(t.RightParenthesis);
  });

  readonly sessionWindow: Rule = this.RULE('sessionWindow', () => {
    this.CONSUME(t.Word.SESSION);
    this.CONSUME(t.LeftParenthesis);
    this.SUBRULE(this.duration);
    this.SUBRULE(this.windowLimits);
    this.CONSUME(t.RightParenthesis);
  });

  readonly windowLimits: Rule = this.RULE('windowLimits', () => {
    this.OPTION(() => {
      this.CONSUME(t.Comma);
      this.CONSUME(t.Word.RETENTION);
      this.SUBRULE(this.duration);
    });
    this.OPTION2(() => {
      this.CONSUME2(t.Comma);
      this.SUBRULE(this.gracePeriod);
    });
  });

  readonly whereClause: Rule = this.RULE('whereClause', () => {
    this.CONSUME(t.Word.WHERE);
    this.SUBRULE(this.expression);
  });

  readonly groupByClause: Rule = this.RULE('groupByClause', () => {
    this.CONSUME(t.Word.GROUP);
    this.CONSUME(t.Word.BY);
    this.SUBRULE(this.byExpressions);
  });

  readonly partitionByClause: Rule = this.RULE('partitionByClause', () => {
    this.CONSUME(t.Word.PARTITION);
    this.CONSUME(t.Word.BY);
    this.SUBRULE(this.byExpressions);
  });

  readonly byExpressions: Rule = this.RULE('byExpressions', () => {
    this.OR([
      { GATE: () => this.#isParenthesizedListAhead(), ALT: () => this.SUBRULE(this.valueList) },
      {
        ALT: () => this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.valueExpression) }),
        IGNORE_AMBIGUITIES: true,
      },
    ]);
  });

  readonly valueList: Rule = this.RULE('valueList', () => {
    this.CONSUME(t.LeftParenthesis);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.valueExpression) });
    this.CONSUME(t.RightParenthesis);
  });

  readonly havingClause: Rule = this.RULE('havingClause', () => {
    this.CONSUME(t.Word.HAVING);
    this.SUBRULE(this.expression);
  });

  readonly emitClause: Rule = this.RULE('emitClause', () => {
    this.CONSUME(t.Word.EMIT);
    this.OR([{ ALT: () => this.CONSUME(t.Word.CHANGES) }, { ALT: () => this.CONSUME(t.Word.FINAL) }]);
  });

  readonly limitClause: Rule = this.RULE('limitClause', () => {
    this.CONSUME(t.Word.LIMIT);
    this.SUBRULE(this.number);
  });

  #isClauseAhead(): boolean {
    const [word, after] = [this.LA(1).tokenType, this.LA(2).tokenType];
    if (word === t.Word.EMIT) return after === t.Word.CHANGES || after === t.Word.FINAL;
    return word === t.Word.PARTITION && after === t.Word.BY;
  }

  /** Whether a parenthesis ahead holds a whole list (none or several expressions), not one expression. */
  #isParenthesizedListAhead(): boolean {
    if (this.LA(1).tokenType !== t.LeftParenthesis) return false;
    if (this.LA(2).tokenType === t.RightParenthesis) return true;
    for (let ahead = 2, depth = 1; depth > 0; ahead++) {
      const type = this.LA(ahead).tokenType;
      if (type === t.LeftParenthesis || type === t.LeftBracket) depth++;
      else if (type === t.RightParenthesis || type === t.RightBracket) depth--;
      else if (type === t.Comma && depth === 1) return true;
      else if (type === t.Semicolon || this.LA(ahead).image === '') return false;
    }
    return false;
  }
}
