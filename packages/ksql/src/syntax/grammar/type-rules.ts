import { type CstNode, CstParser, type ParserMethod } from 'chevrotain';
import * as t from '../tokens.ts';

/** What every rule is: no arguments, a concrete syntax tree as result. */
export type Rule = ParserMethod<[], CstNode>;

/** Types: `INT`, `DECIMAL(4, 2)`, `ARRAY<…>`, `MAP<…, …>`, `STRUCT<…>`, and the postfix form `INT ARRAY`. */
export class TypeRules extends CstParser {
  constructor(options: ConstructorParameters<typeof CstParser>[1]) {
    super([...t.allTokens], options);
  }

  readonly identifier: Rule = this.RULE('identifier', () => {
    this.CONSUME(t.Name);
  });

  readonly number: Rule = this.RULE('number', () => {
    this.OPTION(() => this.CONSUME(t.Minus));
    this.OR([
      { ALT: () => this.CONSUME(t.DecimalValue) },
      { ALT: () => this.CONSUME(t.FloatingPointValue) },
      { ALT: () => this.CONSUME(t.IntegerValue) },
    ]);
  });

  readonly type: Rule = this.RULE('type', () => {
    this.OR([
      { GATE: () => this.LA(2).tokenType === t.Less, ALT: () => this.SUBRULE(this.arrayType) },
      { GATE: () => this.LA(2).tokenType === t.Less, ALT: () => this.SUBRULE(this.mapType) },
      { GATE: () => this.LA(2).tokenType === t.Less, ALT: () => this.SUBRULE(this.structType) },
      { ALT: () => this.SUBRULE(this.decimalType) },
      { ALT: () => this.SUBRULE(this.namedType), IGNORE_AMBIGUITIES: true },
    ]);
    this.MANY(() => this.CONSUME(t.Word.ARRAY));
  });

  readonly arrayType: Rule = this.RULE('arrayType', () => {
    this.CONSUME(t.Word.ARRAY);
    this.CONSUME(t.Less);
    this.SUBRULE(this.type);
    this.CONSUME(t.Greater);
  });

  readonly mapType: Rule = this.RULE('mapType', () => {
    this.CONSUME(t.Word.MAP);
    this.CONSUME(t.Less);
    this.SUBRULE(this.type);
    this.CONSUME(t.Comma);
    this.SUBRULE2(this.type);
    this.CONSUME(t.Greater);
  });

  readonly structType: Rule = this.RULE('structType', () => {
    this.CONSUME(t.Word.STRUCT);
    this.CONSUME(t.Less);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.structTypeField) });
    this.CONSUME(t.Greater);
  });

  readonly structTypeField: Rule = this.RULE('structTypeField', () => {
    this.SUBRULE(this.identifier);
    this.SUBRULE(this.type);
  });

  readonly decimalType: Rule = this.RULE('decimalType', () => {
    this.CONSUME(t.Word.DECIMAL);
    this.CONSUME(t.LeftParenthesis);
    this.SUBRULE(this.number);
    this.CONSUME(t.Comma);
    this.SUBRULE2(this.number);
    this.CONSUME(t.RightParenthesis);
  });

  readonly namedType: Rule = this.RULE('namedType', () => {
    this.SUBRULE(this.identifier);
    this.OPTION(() => {
      this.CONSUME(t.LeftParenthesis);
      this.SUBRULE(this.typeParameter);
      this.MANY(() => {
        this.CONSUME(t.Comma);
        this.SUBRULE2(this.typeParameter);
      });
      this.CONSUME(t.RightParenthesis);
    });
  });

  readonly typeParameter: Rule = this.RULE('typeParameter', () => {
    this.OR([{ ALT: () => this.CONSUME(t.IntegerValue) }, { ALT: () => this.CONSUME(t.Word.STRING) }]);
  });
}
