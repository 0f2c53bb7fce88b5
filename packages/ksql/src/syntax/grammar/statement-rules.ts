import type { TokenType } from 'chevrotain';
import * as t from '../tokens.ts';
import { QueryRules } from './query-rules.ts';
import type { Rule } from './type-rules.ts';

/** Everything that ends with a semicolon. */
export class StatementRules extends QueryRules {
  readonly statements: Rule = this.RULE('statements', () => {
    this.MANY(() => {
      this.SUBRULE(this.statement);
      this.CONSUME(t.Semicolon);
    });
  });

  /** What the test tools read: statements, assertions and scripts. */
  readonly testStatements: Rule = this.RULE('testStatements', () => {
    this.MANY(() => {
      this.OR([
        { ALT: () => this.SUBRULE(this.statement) },
        { ALT: () => this.SUBRULE(this.testAssert) },
        { ALT: () => this.SUBRULE(this.runScript) },
      ]);
      this.CONSUME(t.Semicolon);
    });
  });

  readonly singleExpression: Rule = this.RULE('singleExpression', () => {
    this.SUBRULE(this.expression);
  });

  readonly singleType: Rule = this.RULE('singleType', () => {
    this.SUBRULE(this.type);
  });

  readonly singleElements: Rule = this.RULE('singleElements', () => {
    this.SUBRULE(this.tableElements);
  });

  readonly statement: Rule = this.RULE('statement', () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.query) },
      { ALT: () => this.SUBRULE(this.list) },
      { ALT: () => this.SUBRULE(this.describe) },
      { ALT: () => this.SUBRULE(this.print) },
      { ALT: () => this.SUBRULE(this.queryControl) },
      { ALT: () => this.SUBRULE(this.setProperty) },
      { ALT: () => this.SUBRULE(this.unsetProperty) },
      { ALT: () => this.SUBRULE(this.defineVariable) },
      { ALT: () => this.SUBRULE(this.undefineVariable) },
      { ALT: () => this.SUBRULE(this.createConnector) },
      { ALT: () => this.SUBRULE(this.createType) },
      { ALT: () => this.SUBRULE(this.createSource) },
      { ALT: () => this.SUBRULE(this.insert) },
      { ALT: () => this.SUBRULE(this.drop) },
      { ALT: () => this.SUBRULE(this.explain) },
      { ALT: () => this.SUBRULE(this.alterSystem) },
      { ALT: () => this.SUBRULE(this.alterSource) },
      { ALT: () => this.SUBRULE(this.assert) },
    ]);
  });

  readonly list: Rule = this.RULE('list', () => {
    this.OR([{ ALT: () => this.CONSUME(t.Word.LIST) }, { ALT: () => this.CONSUME(t.Word.SHOW) }]);
    this.OR2([
      { ALT: () => this.CONSUME(t.Word.PROPERTIES) },
      {
        ALT: () => {
          this.OPTION(() => this.CONSUME(t.Word.ALL));
          this.CONSUME(t.Word.TOPICS);
          this.OPTION2(() => this.CONSUME(t.Word.EXTENDED));
        },
      },
      ...[t.Word.STREAMS, t.Word.TABLES, t.Word.QUERIES].map((word, index) => ({
        ALT: () => {
          this.consume(10 + index, word);
          this.option(10 + index, () => this.consume(20 + index, t.Word.EXTENDED));
        },
      })),
      ...[t.Word.FUNCTIONS, t.Word.TYPES, t.Word.VARIABLES].map((word, index) => ({
        ALT: () => this.consume(30 + index, word),
      })),
      {
        ALT: () => {
          this.OPTION3(() =>
            this.OR3([{ ALT: () => this.CONSUME(t.Word.SOURCE) }, { ALT: () => this.CONSUME(t.Word.SINK) }]),
          );
          this.CONSUME(t.Word.CONNECTORS);
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.Word.CONNECTOR);
          this.CONSUME(t.Word.PLUGINS);
        },
      },
    ]);
  });

  readonly describe: Rule = this.RULE('describe', () => {
    this.CONSUME(t.Word.DESCRIBE);
    const named = (word: TokenType) => (): boolean => this.LA(1).tokenType === word && this.LA(2).image !== ';';
    this.OR([
      { ALT: () => this.CONSUME(t.Word.STREAMS) },
      { GATE: () => this.LA(2).image !== '.', ALT: () => this.CONSUME(t.Word.TABLES), IGNORE_AMBIGUITIES: true },
      {
        GATE: named(t.Word.FUNCTION),
        ALT: () => {
          this.CONSUME(t.Word.FUNCTION);
          this.SUBRULE(this.identifier);
        },
        IGNORE_AMBIGUITIES: true,
      },
      {
        ALT: () => {
          this.CONSUME(t.Word.CONNECTOR);
          this.SUBRULE2(this.identifier);
        },
      },
      { ALT: () => this.SUBRULE3(this.identifier), IGNORE_AMBIGUITIES: true },
    ]);
    this.OPTION(() => this.CONSUME(t.Word.EXTENDED));
  });

  readonly resourceName: Rule = this.RULE('resourceName', () => {
    this.OR([{ ALT: () => this.SUBRULE(this.identifier) }, { ALT: () => this.CONSUME(t.StringValue) }]);
  });

  readonly print: Rule = this.RULE('print', () => {
    this.CONSUME(t.Word.PRINT);
    this.SUBRULE(this.resourceName);
    this.OPTION(() => {
      this.CONSUME(t.Word.FROM);
      this.CONSUME(t.Word.BEGINNING);
    });
    this.OPTION2(() => {
      this.OR([{ ALT: () => this.CONSUME(t.Word.INTERVAL) }, { ALT: () => this.CONSUME(t.Word.SAMPLE) }]);
      this.SUBRULE(this.number);
    });
    this.OPTION3(() => this.SUBRULE(this.limitClause));
  });

  readonly queryControl: Rule = this.RULE('queryControl', () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Word.TERMINATE) },
      { ALT: () => this.CONSUME(t.Word.PAUSE) },
      { ALT: () => this.CONSUME(t.Word.RESUME) },
    ]);
    this.OR2([{ ALT: () => this.CONSUME(t.Word.ALL) }, { ALT: () => this.SUBRULE(this.identifier) }]);
  });

  readonly setProperty: Rule = this.RULE('setProperty', () => {
    this.CONSUME(t.Word.SET);
    this.CONSUME(t.StringValue);
    this.CONSUME(t.Equal);
    this.CONSUME2(t.StringValue);
  });

  readonly unsetProperty: Rule = this.RULE('unsetProperty', () => {
    this.CONSUME(t.Word.UNSET);
    this.CONSUME(t.StringValue);
  });

  readonly defineVariable: Rule = this.RULE('defineVariable', () => {
    this.CONSUME(t.Word.DEFINE);
    this.SUBRULE(this.identifier);
    this.CONSUME(t.Equal);
    this.CONSUME(t.StringValue);
  });

  readonly undefineVariable: Rule = this.RULE('undefineVariable', () => {
    this.CONSUME(t.Word.UNDEFINE);
    this.SUBRULE(this.identifier);
  });

  readonly ifNotExists: Rule = this.RULE('ifNotExists', () => {
    this.CONSUME(t.Word.IF);
    this.CONSUME(t.Word.NOT);
    this.CONSUME(t.Word.EXISTS);
  });

  readonly ifExists: Rule = this.RULE('ifExists', () => {
    this.CONSUME(t.Word.IF);
    this.CONSUME(t.Word.EXISTS);
  });

  readonly createConnector: Rule = this.RULE('createConnector', () => {
    this.CONSUME(t.Word.CREATE);
    this.OR([{ ALT: () => this.CONSUME(t.Word.SOURCE) }, { ALT: () => this.CONSUME(t.Word.SINK) }]);
    this.CONSUME(t.Word.CONNECTOR);
    this.OPTION(() => this.SUBRULE(this.ifNotExists));
    this.SUBRULE(this.identifier);
    this.SUBRULE(this.withClause);
  });

  readonly createType: Rule = this.RULE('createType', () => {
    this.CONSUME(t.Word.CREATE);
    this.CONSUME(t.Word.TYPE);
    this.OPTION({ GATE: () => this.LA(2).tokenType === t.Word.NOT, DEF: () => this.SUBRULE(this.ifNotExists) });
    this.SUBRULE(this.identifier);
    this.CONSUME(t.Word.AS);
    this.SUBRULE(this.type);
  });

  /** CREATE STREAM and CREATE TABLE, over a topic or AS SELECT; what excludes what is checked on building the tree. */
  readonly createSource: Rule = this.RULE('createSource', () => {
    this.CONSUME(t.Word.CREATE);
    this.OPTION(() => {
      this.CONSUME(t.Word.OR);
      this.CONSUME(t.Word.REPLACE);
    });
    this.OPTION2(() => this.CONSUME(t.Word.SOURCE));
    this.SUBRULE(this.sourceKind);
    this.OPTION3({ GATE: () => this.LA(2).tokenType === t.Word.NOT, DEF: () => this.SUBRULE(this.ifNotExists) });
    this.SUBRULE(this.identifier);
    this.OPTION4(() => this.SUBRULE(this.tableElements));
    this.OPTION5(() => this.SUBRULE(this.withClause));
    this.OPTION6(() => {
      this.CONSUME(t.Word.AS);
      this.SUBRULE(this.query);
    });
  });

  readonly sourceKind: Rule = this.RULE('sourceKind', () => {
    this.OR([{ ALT: () => this.CONSUME(t.Word.STREAM) }, { ALT: () => this.CONSUME(t.Word.TABLE) }]);
  });

  readonly tableElements: Rule = this.RULE('tableElements', () => {
    this.CONSUME(t.LeftParenthesis);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.tableElement) });
    this.CONSUME(t.RightParenthesis);
  });

  readonly tableElement: Rule = this.RULE('tableElement', () => {
    this.SUBRULE(this.identifier);
    this.SUBRULE(this.type);
    this.OPTION(() => this.SUBRULE(this.columnConstraint));
  });

  readonly columnConstraint: Rule = this.RULE('columnConstraint', () => {
    this.OR([
      {
        ALT: () => {
          this.OPTION(() => this.CONSUME(t.Word.PRIMARY));
          this.CONSUME(t.Word.KEY);
        },
      },
      { ALT: () => this.CONSUME(t.Word.HEADERS) },
      {
        ALT: () => {
          this.CONSUME(t.Word.HEADER);
          this.CONSUME(t.LeftParenthesis);
          this.CONSUME(t.StringValue);
          this.CONSUME(t.RightParenthesis);
        },
      },
    ]);
  });

  readonly withClause: Rule = this.RULE('withClause', () => {
    this.CONSUME(t.Word.WITH);
    this.CONSUME(t.LeftParenthesis);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.tableProperty) });
    this.CONSUME(t.RightParenthesis);
  });

  readonly tableProperty: Rule = this.RULE('tableProperty', () => {
    this.SUBRULE(this.resourceName);
    this.CONSUME(t.Equal);
    this.OPTION(() => this.CONSUME(t.Minus));
    this.SUBRULE(this.literal);
  });

  readonly insert: Rule = this.RULE('insert', () => {
    this.CONSUME(t.Word.INSERT);
    this.CONSUME(t.Word.INTO);
    this.SUBRULE(this.identifier);
    this.OR([
      {
        ALT: () => {
          this.OPTION(() => this.SUBRULE(this.columns));
          this.CONSUME(t.Word.VALUES);
          this.SUBRULE(this.valueList);
        },
      },
      {
        ALT: () => {
          this.OPTION2(() => this.SUBRULE(this.withClause));
          this.SUBRULE(this.query);
        },
      },
    ]);
  });

  readonly columns: Rule = this.RULE('columns', () => {
    this.CONSUME(t.LeftParenthesis);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.identifier) });
    this.CONSUME(t.RightParenthesis);
  });

  readonly drop: Rule = this.RULE('drop', () => {
    this.CONSUME(t.Word.DROP);
    this.OR([
      { ALT: () => this.SUBRULE(this.sourceKind) },
      { ALT: () => this.CONSUME(t.Word.CONNECTOR) },
      { ALT: () => this.CONSUME(t.Word.TYPE) },
    ]);
    this.OPTION({ GATE: () => this.LA(2).tokenType === t.Word.EXISTS, DEF: () => this.SUBRULE(this.ifExists) });
    this.SUBRULE(this.identifier);
    this.OPTION2(() => {
      this.CONSUME(t.Word.DELETE);
      this.CONSUME(t.Word.TOPIC);
    });
  });

  readonly explain: Rule = this.RULE('explain', () => {
    this.CONSUME(t.Word.EXPLAIN);
    this.OR([
      { GATE: () => this.LA(2).tokenType === t.Semicolon, ALT: () => this.SUBRULE(this.identifier) },
      { ALT: () => this.SUBRULE(this.statement), IGNORE_AMBIGUITIES: true },
    ]);
  });

  readonly alterSystem: Rule = this.RULE('alterSystem', () => {
    this.CONSUME(t.Word.ALTER);
    this.CONSUME(t.Word.SYSTEM);
    this.CONSUME(t.StringValue);
    this.CONSUME(t.Equal);
    this.CONSUME2(t.StringValue);
  });

  readonly alterSource: Rule = this.RULE('alterSource', () => {
    this.CONSUME(t.Word.ALTER);
    this.SUBRULE(this.sourceKind);
    this.SUBRULE(this.identifier);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.alterOption) });
  });

  readonly alterOption: Rule = this.RULE('alterOption', () => {
    this.CONSUME(t.Word.ADD);
    this.OPTION({
      GATE: () => this.LA(3).image !== ',' && this.LA(3).image !== ';',
      DEF: () => this.CONSUME(t.Word.COLUMN),
    });
    this.SUBRULE(this.identifier);
    this.SUBRULE(this.type);
  });

  readonly assert: Rule = this.RULE('assert', () => {
    this.CONSUME(t.Word.ASSERT);
    this.OPTION(() => {
      this.CONSUME(t.Word.NOT);
      this.CONSUME(t.Word.EXISTS);
    });
    this.OR([{ ALT: () => this.SUBRULE(this.assertTopic) }, { ALT: () => this.SUBRULE(this.assertSchema) }]);
  });

  readonly testAssert: Rule = this.RULE('testAssert', () => {
    this.CONSUME(t.Word.ASSERT);
    this.OR([
      { ALT: () => this.SUBRULE(this.assertValues) },
      { ALT: () => this.SUBRULE(this.assertNullValues) },
      { ALT: () => this.SUBRULE(this.assertSource) },
    ]);
  });

  readonly timeout: Rule = this.RULE('timeout', () => {
    this.CONSUME(t.Word.TIMEOUT);
    this.SUBRULE(this.duration);
  });

  readonly assertTopic: Rule = this.RULE('assertTopic', () => {
    this.CONSUME(t.Word.TOPIC);
    this.SUBRULE(this.resourceName);
    this.OPTION(() => this.SUBRULE(this.withClause));
    this.OPTION2(() => this.SUBRULE(this.timeout));
  });

  readonly assertSchema: Rule = this.RULE('assertSchema', () => {
    this.CONSUME(t.Word.SCHEMA);
    this.OPTION(() => {
      this.CONSUME(t.Word.SUBJECT);
      this.SUBRULE(this.resourceName);
    });
    this.OPTION2(() => {
      this.CONSUME(t.Word.ID);
      this.SUBRULE(this.number);
    });
    this.OPTION3(() => this.SUBRULE(this.timeout));
  });

  readonly assertValues: Rule = this.RULE('assertValues', () => {
    this.CONSUME(t.Word.VALUES);
    this.SUBRULE(this.identifier);
    this.OPTION(() => this.SUBRULE(this.columns));
    this.CONSUME2(t.Word.VALUES);
    this.SUBRULE(this.valueList);
  });

  readonly assertNullValues: Rule = this.RULE('assertNullValues', () => {
    this.CONSUME(t.Word.NULL);
    this.CONSUME(t.Word.VALUES);
    this.SUBRULE(this.identifier);
    this.OPTION(() => this.SUBRULE(this.columns));
    this.CONSUME(t.Word.KEY);
    this.SUBRULE(this.valueList);
  });

  readonly assertSource: Rule = this.RULE('assertSource', () => {
    this.SUBRULE(this.sourceKind);
    this.SUBRULE(this.identifier);
    this.OPTION(() => this.SUBRULE(this.tableElements));
    this.OPTION2(() => this.SUBRULE(this.withClause));
  });

  readonly runScript: Rule = this.RULE('runScript', () => {
    this.CONSUME(t.Word.RUN);
    this.CONSUME(t.Word.SCRIPT);
    this.CONSUME(t.StringValue);
  });
}
