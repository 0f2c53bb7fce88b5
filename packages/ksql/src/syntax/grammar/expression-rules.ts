import { tokenMatcher } from 'chevrotain';
import * as t from '../tokens.ts';
import { type Rule, TypeRules } from './type-rules.ts';

/** Units that are reserved words; singular ones may be names, so analysis tells them apart. */
const UNITS = [
  ...[t.Word.YEARS, t.Word.MONTHS, t.Word.DAYS, t.Word.HOURS, t.Word.MINUTES, t.Word.SECONDS],
  ...[t.Word.MILLISECOND, t.Word.MILLISECONDS],
];

/** Expressions, weakest binding first: OR, AND, NOT, predicates, `||`, `+ -`, `* / %`, signs, postfixes. */
export class ExpressionRules extends TypeRules {
  readonly expression: Rule = this.RULE('expression', () => {
    this.AT_LEAST_ONE_SEP({ SEP: t.Word.OR, DEF: () => this.SUBRULE(this.conjunction) });
  });

  readonly conjunction: Rule = this.RULE('conjunction', () => {
    this.AT_LEAST_ONE_SEP({ SEP: t.Word.AND, DEF: () => this.SUBRULE(this.negation) });
  });

  readonly negation: Rule = this.RULE('negation', () => {
    this.MANY(() => this.CONSUME(t.Word.NOT));
    this.SUBRULE(this.predicated);
  });

  readonly predicated: Rule = this.RULE('predicated', () => {
    this.SUBRULE(this.valueExpression);
    this.OPTION(() =>
      this.OR([
        { ALT: () => this.SUBRULE(this.comparison) },
        { ALT: () => this.SUBRULE(this.nullOrDistinct) },
        { ALT: () => this.SUBRULE(this.membership) },
      ]),
    );
  });

  readonly comparison: Rule = this.RULE('comparison', () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Equal) },
      { ALT: () => this.CONSUME(t.NotEqual) },
      { ALT: () => this.CONSUME(t.Less) },
      { ALT: () => this.CONSUME(t.LessOrEqual) },
      { ALT: () => this.CONSUME(t.Greater) },
      { ALT: () => this.CONSUME(t.GreaterOrEqual) },
    ]);
    this.SUBRULE(this.valueExpression);
  });

  readonly nullOrDistinct: Rule = this.RULE('nullOrDistinct', () => {
    this.CONSUME(t.Word.IS);
    this.OPTION(() => this.CONSUME(t.Word.NOT));
    this.OR([
      { ALT: () => this.CONSUME(t.Word.NULL) },
      {
        ALT: () => {
          this.CONSUME(t.Word.DISTINCT);
          this.CONSUME(t.Word.FROM);
          this.SUBRULE(this.valueExpression);
        },
      },
    ]);
  });

  readonly membership: Rule = this.RULE('membership', () => {
    this.OPTION(() => this.CONSUME(t.Word.NOT));
    this.OR([
      { ALT: () => this.SUBRULE(this.between) },
      { ALT: () => this.SUBRULE(this.inList) },
      { ALT: () => this.SUBRULE(this.like) },
    ]);
  });

  readonly between: Rule = this.RULE('between', () => {
    this.CONSUME(t.Word.BETWEEN);
    this.SUBRULE(this.valueExpression);
    this.CONSUME(t.Word.AND);
    this.SUBRULE2(this.valueExpression);
  });

  readonly inList: Rule = this.RULE('inList', () => {
    this.CONSUME(t.Word.IN);
    this.CONSUME(t.LeftParenthesis);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.expression) });
    this.CONSUME(t.RightParenthesis);
  });

  readonly like: Rule = this.RULE('like', () => {
    this.CONSUME(t.Word.LIKE);
    this.SUBRULE(this.valueExpression);
    this.OPTION(() => {
      this.CONSUME(t.Word.ESCAPE);
      this.CONSUME(t.StringValue);
    });
  });

  readonly valueExpression: Rule = this.RULE('valueExpression', () => {
    this.AT_LEAST_ONE_SEP({ SEP: t.Concat, DEF: () => this.SUBRULE(this.sum) });
  });

  readonly sum: Rule = this.RULE('sum', () => {
    this.SUBRULE(this.product);
    this.MANY(() => {
      this.OR([{ ALT: () => this.CONSUME(t.Plus) }, { ALT: () => this.CONSUME(t.Minus) }]);
      this.SUBRULE2(this.product);
    });
  });

  readonly product: Rule = this.RULE('product', () => {
    this.SUBRULE(this.signed);
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.Asterisk) },
        { ALT: () => this.CONSUME(t.Slash) },
        { ALT: () => this.CONSUME(t.Percent) },
      ]);
      this.SUBRULE2(this.signed);
    });
  });

  readonly signed: Rule = this.RULE('signed', () => {
    this.MANY(() => this.OR([{ ALT: () => this.CONSUME(t.Plus) }, { ALT: () => this.CONSUME(t.Minus) }]));
    this.SUBRULE(this.zoned);
  });

  readonly zoned: Rule = this.RULE('zoned', () => {
    this.SUBRULE(this.postfix);
    this.MANY(() => {
      this.CONSUME(t.Word.AT);
      this.CONSUME(t.Word.TIME);
      this.CONSUME(t.Word.ZONE);
      this.CONSUME(t.StringValue);
    });
  });

  readonly postfix: Rule = this.RULE('postfix', () => {
    this.SUBRULE(this.primary);
    this.MANY({
      // `s->*` belongs to the projection around it.
      GATE: () => this.LA(1).tokenType !== t.FieldArrow || this.LA(2).tokenType !== t.Asterisk,
      DEF: () => this.OR([{ ALT: () => this.SUBRULE(this.subscript) }, { ALT: () => this.SUBRULE(this.fieldAccess) }]),
    });
  });

  readonly subscript: Rule = this.RULE('subscript', () => {
    this.CONSUME(t.LeftBracket);
    this.SUBRULE(this.valueExpression);
    this.CONSUME(t.RightBracket);
  });

  readonly fieldAccess: Rule = this.RULE('fieldAccess', () => {
    this.CONSUME(t.FieldArrow);
    this.SUBRULE(this.identifier);
  });

  readonly primary: Rule = this.RULE('primary', () => {
    const next = (type: typeof t.Name) => (): boolean => this.LA(2).tokenType === type;
    this.OR([
      { ALT: () => this.SUBRULE(this.literal), IGNORE_AMBIGUITIES: true },
      { ALT: () => this.SUBRULE(this.caseExpression) },
      { ALT: () => this.SUBRULE(this.cast) },
      { GATE: next(t.LeftBracket), ALT: () => this.SUBRULE(this.arrayConstructor), IGNORE_AMBIGUITIES: true },
      { GATE: next(t.LeftParenthesis), ALT: () => this.SUBRULE(this.mapConstructor), IGNORE_AMBIGUITIES: true },
      { GATE: next(t.LeftParenthesis), ALT: () => this.SUBRULE(this.structConstructor), IGNORE_AMBIGUITIES: true },
      { GATE: next(t.LeftParenthesis), ALT: () => this.SUBRULE(this.functionCall), IGNORE_AMBIGUITIES: true },
      { GATE: next(t.StringValue), ALT: () => this.SUBRULE(this.typedLiteral), IGNORE_AMBIGUITIES: true },
      { ALT: () => this.SUBRULE(this.columnReference), IGNORE_AMBIGUITIES: true },
      { ALT: () => this.SUBRULE(this.parenthesized) },
    ]);
  });

  readonly literal: Rule = this.RULE('literal', () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Word.NULL) },
      { ALT: () => this.CONSUME(t.Word.TRUE) },
      { ALT: () => this.CONSUME(t.Word.FALSE) },
      { ALT: () => this.CONSUME(t.StringValue) },
      { ALT: () => this.CONSUME(t.DecimalValue) },
      { ALT: () => this.CONSUME(t.FloatingPointValue) },
      { ALT: () => this.CONSUME(t.IntegerValue) },
    ]);
  });

  readonly typedLiteral: Rule = this.RULE('typedLiteral', () => {
    this.SUBRULE(this.identifier);
    this.CONSUME(t.StringValue);
  });

  readonly caseExpression: Rule = this.RULE('caseExpression', () => {
    this.CONSUME(t.Word.CASE);
    this.OPTION(() => this.SUBRULE(this.valueExpression));
    this.AT_LEAST_ONE(() => this.SUBRULE(this.whenClause));
    this.OPTION2(() => {
      this.CONSUME(t.Word.ELSE);
      this.SUBRULE(this.expression);
    });
    this.CONSUME(t.Word.END);
  });

  readonly whenClause: Rule = this.RULE('whenClause', () => {
    this.CONSUME(t.Word.WHEN);
    this.SUBRULE(this.expression);
    this.CONSUME(t.Word.THEN);
    this.SUBRULE2(this.expression);
  });

  readonly cast: Rule = this.RULE('cast', () => {
    this.CONSUME(t.Word.CAST);
    this.CONSUME(t.LeftParenthesis);
    this.SUBRULE(this.expression);
    this.CONSUME(t.Word.AS);
    this.SUBRULE(this.type);
    this.CONSUME(t.RightParenthesis);
  });

  readonly arrayConstructor: Rule = this.RULE('arrayConstructor', () => {
    this.CONSUME(t.Word.ARRAY);
    this.CONSUME(t.LeftBracket);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.expression) });
    this.CONSUME(t.RightBracket);
  });

  readonly mapConstructor: Rule = this.RULE('mapConstructor', () => {
    this.CONSUME(t.Word.MAP);
    this.CONSUME(t.LeftParenthesis);
    this.MANY_SEP({
      SEP: t.Comma,
      DEF: () => {
        this.SUBRULE(this.expression);
        this.CONSUME(t.Assign);
        this.SUBRULE2(this.expression);
      },
    });
    this.CONSUME(t.RightParenthesis);
  });

  readonly structConstructor: Rule = this.RULE('structConstructor', () => {
    this.CONSUME(t.Word.STRUCT);
    this.CONSUME(t.LeftParenthesis);
    this.MANY_SEP({
      SEP: t.Comma,
      DEF: () => {
        this.SUBRULE(this.identifier);
        this.CONSUME(t.Assign);
        this.SUBRULE(this.expression);
      },
    });
    this.CONSUME(t.RightParenthesis);
  });

  readonly functionCall: Rule = this.RULE('functionCall', () => {
    this.SUBRULE(this.identifier);
    this.CONSUME(t.LeftParenthesis);
    this.OR([
      { ALT: () => this.CONSUME(t.Asterisk) },
      { ALT: () => this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.functionArgument) }) },
    ]);
    this.CONSUME(t.RightParenthesis);
  });

  readonly functionArgument: Rule = this.RULE('functionArgument', () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.intervalUnit) },
      { GATE: () => this.#isLambdaAhead(), ALT: () => this.SUBRULE(this.lambda), IGNORE_AMBIGUITIES: true },
      { ALT: () => this.SUBRULE(this.expression), IGNORE_AMBIGUITIES: true },
    ]);
  });

  readonly intervalUnit: Rule = this.RULE('intervalUnit', () => {
    this.OR(UNITS.map((unit, index) => ({ ALT: () => this.consume(index, unit) })));
  });

  readonly lambda: Rule = this.RULE('lambda', () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.identifier) },
      {
        ALT: () => {
          this.CONSUME(t.LeftParenthesis);
          this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE2(this.identifier) });
          this.CONSUME(t.RightParenthesis);
        },
      },
    ]);
    this.CONSUME(t.LambdaArrow);
    this.SUBRULE(this.expression);
  });

  readonly columnReference: Rule = this.RULE('columnReference', () => {
    this.SUBRULE(this.identifier);
    this.OPTION({
      // `source.*` belongs to the projection around it.
      GATE: () => this.LA(2).tokenType !== t.Asterisk,
      DEF: () => {
        this.CONSUME(t.Dot);
        this.SUBRULE2(this.identifier);
      },
    });
  });

  readonly parenthesized: Rule = this.RULE('parenthesized', () => {
    this.CONSUME(t.LeftParenthesis);
    this.SUBRULE(this.expression);
    this.CONSUME(t.RightParenthesis);
  });

  /** `x => …` or `(x, y) => …`; looks at the parameter list only. */
  #isLambdaAhead(): boolean {
    if (this.LA(1).tokenType !== t.LeftParenthesis) return this.LA(2).tokenType === t.LambdaArrow;
    let ahead = 2;
    while (tokenMatcher(this.LA(ahead), t.Name) && this.LA(ahead + 1).tokenType === t.Comma) ahead += 2;
    return this.LA(ahead + 1).tokenType === t.RightParenthesis && this.LA(ahead + 2).tokenType === t.LambdaArrow;
  }
}
