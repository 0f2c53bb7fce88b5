import { parse } from '../packages/ksql/src/syntax/parse.ts';
import { printRule, ruleName, rulesIn } from '../packages/ksql/src/syntax/print-grammar.ts';

/** What each statement is for, with an example that is parsed whenever the page is written. */
type Entry = { readonly title: string; readonly about: string; readonly example: string };

const ENTRIES: Readonly<Record<string, Entry>> = {
  createSource: {
    title: 'CREATE STREAM, CREATE TABLE',
    about:
      'Names a topic and its columns; or, `AS SELECT`, starts a persistent query that keeps a topic of its own up to date. `OR REPLACE` changes a query where it is (columns are added, conditions changed) and keeps its state; `SOURCE` makes a read-only one, whose table can be asked by pull queries. `WITH` takes `KAFKA_TOPIC`, `PARTITIONS`, `REPLICAS`, `RETENTION_MS`, `CLEANUP_POLICY`, `KEY_FORMAT`, `VALUE_FORMAT`, `FORMAT`, `VALUE_DELIMITER`, `KEY_DELIMITER`, `WRAP_SINGLE_VALUE`, `TIMESTAMP`, `TIMESTAMP_FORMAT`, `WINDOW_TYPE`, `WINDOW_SIZE`, `KEY_SCHEMA_ID`, `VALUE_SCHEMA_ID`, `KEY_SCHEMA_FULL_NAME`, `VALUE_SCHEMA_FULL_NAME`, `KEY_PROTOBUF_NULLABLE_REPRESENTATION`, `VALUE_PROTOBUF_NULLABLE_REPRESENTATION`.',
    example:
      "CREATE STREAM orders (id STRING KEY, amount DECIMAL(8, 2)) WITH (KAFKA_TOPIC = 'orders', VALUE_FORMAT = 'JSON', PARTITIONS = 3);\nCREATE TABLE totals AS SELECT id, SUM(amount) AS spent FROM orders GROUP BY id EMIT CHANGES;",
  },
  query: {
    title: 'SELECT',
    about:
      'With `EMIT CHANGES` a push query: rows as they come, until the reader leaves or `LIMIT`. Without, a pull query: the rows that a table has now, or a stream up to its present end. `EMIT FINAL` says each window once, when it is over.',
    example:
      "SELECT id, COUNT(*) FROM orders WINDOW TUMBLING (SIZE 1 HOUR) WHERE amount > 10 GROUP BY id EMIT CHANGES;\nSELECT spent FROM totals WHERE id = 'o1';",
  },
  insert: {
    title: 'INSERT',
    about: '`VALUES` writes one record; `SELECT` starts a persistent query that writes into a stream that exists.',
    example: "INSERT INTO orders (id, amount) VALUES ('o1', 9.99);\nINSERT INTO orders SELECT * FROM more_orders;",
  },
  drop: {
    title: 'DROP',
    about:
      'Forgets a source (refused while queries use it; the query that makes it ends with it), a type, or a connector. `DELETE TOPIC` deletes its topic and schemas too.',
    example: 'DROP TABLE IF EXISTS totals DELETE TOPIC;',
  },
  alterSource: {
    title: 'ALTER STREAM, ALTER TABLE',
    about: 'Adds columns at the end of a source that was made over a topic.',
    example: 'ALTER STREAM orders ADD COLUMN shop STRING;',
  },
  queryControl: {
    title: 'TERMINATE, PAUSE, RESUME',
    about: 'Ends a persistent query for good, holds it, or lets it go on; by id, or all of them.',
    example: 'PAUSE CTAS_TOTALS_3;',
  },
  explain: {
    title: 'EXPLAIN',
    about: 'The plan and the topology of a query, running or not.',
    example: 'EXPLAIN SELECT * FROM orders EMIT CHANGES;',
  },
  list: {
    title: 'LIST, SHOW',
    about: 'What there is: both words mean the same.',
    example: 'SHOW QUERIES EXTENDED;',
  },
  describe: {
    title: 'DESCRIBE',
    about: 'Columns of a source; `EXTENDED` with its topic, formats and queries. Or a function with its signatures.',
    example: 'DESCRIBE orders EXTENDED;\nDESCRIBE FUNCTION substring;',
  },
  print: {
    title: 'PRINT',
    about: 'The records of a topic as text, each in the format that it seems to have.',
    example: "PRINT 'orders' FROM BEGINNING LIMIT 3;",
  },
  setProperty: {
    title: 'SET',
    about: 'A setting for the statements that follow in the session or the text.',
    example: "SET 'auto.offset.reset' = 'earliest';",
  },
  unsetProperty: { title: 'UNSET', about: 'Takes a setting back.', example: "UNSET 'auto.offset.reset';" },
  defineVariable: {
    title: 'DEFINE',
    about: 'A value for the name in dollar sign and braces in the statements that follow.',
    example: "DEFINE source = 'orders';",
  },
  undefineVariable: { title: 'UNDEFINE', about: 'Forgets a variable.', example: 'UNDEFINE source;' },
  createType: {
    title: 'CREATE TYPE',
    about: 'A name for a type.',
    example: 'CREATE TYPE address AS STRUCT<street STRING, city STRING>;',
  },
  assert: {
    title: 'ASSERT TOPIC, ASSERT SCHEMA',
    about: 'Fails unless the topic or schema is there (or is not), at the latest when the timeout has passed.',
    example: "ASSERT TOPIC orders WITH (PARTITIONS = 3) TIMEOUT 10 SECONDS;\nASSERT SCHEMA SUBJECT 'orders-value';",
  },
  createConnector: {
    title: 'CREATE CONNECTOR',
    about: 'Read, and refused: Millrace runs no Kafka Connect.',
    example: "CREATE SOURCE CONNECTOR c WITH ('connector.class' = 'x');",
  },
  alterSystem: {
    title: 'ALTER SYSTEM',
    about: 'A setting for all queries of the service.',
    example: "ALTER SYSTEM 'auto.offset.reset' = 'earliest';",
  },
};

const TEST_STATEMENTS: Readonly<Record<string, string>> = {
  testAssert: 'What must have come out by now, in this order; or what a source must look like.',
  runScript: 'The statements of another file.',
};

const NOTATION =
  '`[ x ]` may be left out, `{ x | y }` is one of them, `x [, …]` one or more with commas between, `x [ OR … ]` the same with that word. Words in upper case stand for themselves and may be written in either case; what is in lower case is a rule of its own. Each statement ends with `;`.';

export function statementsPage(): string {
  const statements = rulesIn('statement');
  const missing = [...statements.filter((rule) => ENTRIES[rule] === undefined)];
  if (missing.length > 0) throw new Error(`say in scripts/sql-reference.ts what these are: ${missing.join(', ')}`);
  const known = new Set([...statements, ...Object.keys(TEST_STATEMENTS)]);
  const entries = Object.entries(ENTRIES).map(([rule, { title, about, example }]) => {
    for (const parsed of parse(example)) parsed.build();
    return `## ${title}\n\n${about}\n\n${definition(rule)}\n\n\`\`\`sql\n${example}\n\`\`\`\n`;
  });
  const tests = Object.entries(TEST_STATEMENTS).map(([rule, about]) => `${about}\n\n${definition(rule)}\n`);
  const parts = partsOf([...known]).map((rule) => `**${ruleName(rule)}**\n\n${definition(rule)}\n`);
  return [
    `# SQL statements\n\n${NOTATION}\n`,
    ...entries,
    `## In test files only\n\nWhat \`millrace ksql-test\` reads beside statements.\n\n${tests.join('\n')}`,
    `## Parts\n\n${parts.join('\n')}`,
  ].join('\n');
}

function definition(rule: string): string {
  return printRule(rule)
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}

/** All rules below these, near ones first. */
function partsOf(roots: readonly string[]): readonly string[] {
  const seen = new Set(roots);
  const parts: string[] = [];
  for (let level = [...roots]; level.length > 0; ) {
    const next = [...new Set(level.flatMap(rulesIn))].filter((rule) => !seen.has(rule) && rule !== 'statement');
    for (const rule of next) seen.add(rule);
    parts.push(...next);
    level = next;
  }
  return parts;
}
