import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually, Service } from '../engine/test-support/service.ts';
import { KsqlClient } from '../rest-client/ksql-client.ts';
import { KsqlServer } from '../server/ksql-server.ts';
import { CliOutput } from './cli-output.ts';
import { CliSession } from './cli-session.ts';
import { Completer } from './completer.ts';
import { runPrompt } from './run-prompt.ts';

let service: Service;
let server: KsqlServer;

beforeAll(async () => {
  service = await Service.start('in process');
  server = await KsqlServer.start({ engine: await service.engine(), port: 0 });
  await using client = new KsqlClient({ url: server.url });
  await client.execute(`CREATE STREAM orders (id STRING KEY, item STRING, price DECIMAL(6, 2), tags MAP<STRING, DOUBLE>)
    WITH (kafka_topic='orders', partitions=1, value_format='JSON');`);
  await client.insertInto('orders', { ID: 'a', ITEM: 'tea', TAGS: { x: 2 } });
});

afterAll(async () => {
  await server.close();
  await service[Symbol.asyncDispose]();
});

const CTRL_C = '\u0003';
const TAB = '\t';
const UP = '\u001b[A';

/** A prompt on two streams. */
class Prompt {
  readonly keys = new PassThrough();
  readonly history: string[];
  readonly files = new Map<string, string>();
  readonly spools: string[] = [];
  readonly done: Promise<void>;
  printed = '';
  echoed = '';

  constructor({ isTerminal = false, history = [] as readonly string[], width = 60 } = {}) {
    this.history = [...history];
    const echo = new PassThrough();
    echo.on('data', (data) => {
      this.echoed += data;
    });
    const write = async (text: string): Promise<void> => {
      this.printed += text;
    };
    const session = new CliSession({
      connect: (url) => new KsqlClient({ url, protocol: 'http/1.1' }),
      url: server.url,
      output: new CliOutput({ write, width: () => width }, 'TABULAR'),
    });
    this.done = runPrompt({
      session,
      input: this.keys,
      output: echo,
      isTerminal,
      historyFile: { read: () => [...history], append: (entry) => this.history.push(entry) },
      cliVersion: '1',
      readFile: (path) => this.files.get(path) ?? '',
      openSpool: (path) => ({ path, write: (text) => void this.spools.push(text), close: () => {} }),
    }).finally(() => session.close());
  }

  /** Types, and waits until this was printed. */
  async type(keys: string, until: string | RegExp): Promise<void> {
    this.printed = '';
    this.keys.write(keys);
    await eventually(
      async () => this.printed,
      (text) => (typeof until === 'string' ? text.includes(until) : until.test(text)),
    );
  }

  /** All that a text leads to, from the first line to the last. */
  async all(text: string): Promise<string> {
    this.keys.end(text);
    await this.done;
    return this.printed;
  }
}

describe('lines of a stream', () => {
  test('a list is drawn as ksqlDB draws it', async () => {
    expect(await new Prompt().all('SHOW STREAMS;\n')).toBe(`
 Stream Name | Kafka Topic | Key Format | Value Format | Windowed 
------------------------------------------------------------
 ORDERS      | orders      | KAFKA      | JSON         | false    
------------------------------------------------------------
Exiting ksqlDB.
`);
  });

  test('rows are printed in columns of the same width, with the spellings of Java', async () => {
    const sql = `SET 'auto.offset.reset' = 'earliest';
      SELECT item, -- the price; unknown
        price, tags, 'a;b' AS \`semi;colon\` FROM orders EMIT CHANGES LIMIT 1;
    `;
    expect(
      await new Prompt().all(sql),
    ).toBe(`Successfully changed local property 'auto.offset.reset' to 'earliest'. Use the UNSET command to revert your change.
+-------------+-------------+-------------+-------------+
|ITEM         |PRICE        |TAGS         |semi;colon   |
+-------------+-------------+-------------+-------------+
|tea          |null         |{x=2.0}      |a;b          |
Limit Reached
Query terminated
Exiting ksqlDB.
`);
  });

  test('what is too long is wrapped, or cut where SET CLI says so', async () => {
    const sql = `SET 'auto.offset.reset' = 'earliest';
set cli COLUMN-WIDTH 6;
SELECT 'a long value' AS v, id FROM orders EMIT CHANGES LIMIT 1;
set cli wrap off
SELECT 'a long value' AS v, id FROM orders EMIT CHANGES LIMIT 1;
set cli wrap sometimes
set cli nothing 1
`;
    const printed = await new Prompt().all(sql);
    expect(printed).toContain(
      '+------+------+\n|V     |ID    |\n+------+------+\n|a long|a     |\n| value|      |\nLimit',
    );
    expect(printed).toContain('|a l...|a     |\nLimit');
    expect(printed).toContain('String must be one of: ON, OFF');
    expect(printed).toContain('Valid properties are: [WRAP, COLUMN-WIDTH]');
  });

  test('variables and properties hold in the session, and are told', async () => {
    const sql = `DEFINE what = 'orders';
SHOW VARIABLES;
DESCRIBE \${what};
UNDEFINE what; UNDEFINE what;
UNSET 'auto.offset.reset';
SET 'no.such.property' = '1';
SET 'poll.ms' = '5'; SET 'poll.ms' = '6'; UNSET 'poll.ms';
`;
    const printed = await new Prompt().all(sql);
    expect(printed).toContain(' Variable Name | Value  \n------------------------\n what          | orders \n');
    expect(printed).toContain('Name                 : ORDERS\n Field | Type ');
    expect(printed).toContain(' ID    | VARCHAR(STRING)  (key)');
    expect(printed).toContain(' TAGS  | MAP<STRING, DOUBLE>');
    expect(printed).toContain("Cannot undefine variable 'what' which was never defined.");
    expect(printed).toContain("Cannot unset local property 'auto.offset.reset' which was never set in the first place");
    expect(printed).toContain('Unknown property: no.such.property');
    expect(printed).toContain("Successfully changed local property 'poll.ms' from '5' to '6'.");
    expect(printed).toContain("Successfully unset local property 'poll.ms' (value was '6').");
  });

  test('statements that follow each other are one request: where one is wrong none is done', async () => {
    const sql = 'CREATE TYPE one AS INT; CREATE TYPE two AS nonsense;\nSHOW TYPES;\n';
    const printed = await new Prompt({ width: 30 }).all(sql);
    expect(printed).toMatch(/NONSENSE[\s\S]*\n\n Type Name \| Schema \n-+\n-+\nExiting/i);
  });

  test('every kind of answer has its form', async () => {
    const sql = `CREATE STREAM copied AS SELECT * FROM orders;
CREATE STREAM IF NOT EXISTS orders (id STRING KEY) WITH (kafka_topic='orders', value_format='JSON');
SHOW QUERIES; SHOW TOPICS; SHOW FUNCTIONS;
DESCRIBE orders EXTENDED;
DESCRIBE FUNCTION lpad;
SHOW PROPERTIES;
ASSERT TOPIC \`orders\`;
TERMINATE ALL;
`;
    const printed = await new Prompt({ width: 200 }).all(sql);
    expect(printed).toMatch(/ Message +\n-+\n Created query with ID CSAS_COPIED_\d+ \n-+\n/);
    expect(printed).toContain('already exists');
    expect(printed).toMatch(/ Query ID +\| Query Type \| Status +\| Sink Name \| Sink Kafka Topic \| Query String/);
    expect(printed).toMatch(/ CSAS_COPIED_\d+ +\| PERSISTENT \| RUNNING:1 +\| COPIED +\| COPIED +\| CREATE STREAM/);
    expect(printed).toContain('For detailed information on a Query run: EXPLAIN <Query ID>;');
    expect(printed).toMatch(/ Kafka Topic +\| Partitions \| Partition Replicas \n-+\n[\s\S]* orders +\| 1 +\| 1 +\n/);
    expect(printed).toMatch(/ Function Name +\| Category +\n/);
    expect(printed).toContain('Timestamp field      : Not set - using <ROWTIME>\nKey format           : KAFKA\n');
    expect(printed).toContain('Kafka topic          : orders (partitions: 1, replication: 1)\n');
    expect(printed).toMatch(/Queries that read from this STREAM\n-{35}\nCSAS_COPIED_\d+ \(RUNNING\) : CREATE STREAM/);
    expect(printed).toMatch(/Name {8}: LPAD\n[\s\S]*\n\tVariation {3}: LPAD\([\s\S]*\n\tReturns {5}: /);
    expect(printed).toMatch(/ Property +\| Scope \| Default override \| Effective Value/);
    expect(printed).toContain('Topic orders exists.');
  });

  test('answers and rows are JSON where that is wanted', async () => {
    const printed = await new Prompt().all(`output JSON;
SHOW STREAMS;
SET 'auto.offset.reset' = 'earliest'; SELECT id, price, tags FROM orders EMIT CHANGES LIMIT 1;
output xml
output
`);
    const [told = '', ...rest] = printed.split('\n');
    expect(told).toBe('Output format set to JSON');
    const end = rest.indexOf(']');
    expect(JSON.parse(rest.slice(0, end + 1).join('\n'))).toMatchObject([{ '@type': 'streams' }]);
    expect(rest.slice(end + 1)).toEqual([
      expect.stringMatching(/^\{"queryId":"transient_.*`TAGS` MAP<STRING, DOUBLE>"\}$/),
      '{"columns":["a",null,{"x":2.0}]}',
      "Invalid output format: 'xml' (valid formats: TABULAR, JSON)",
      'Current output format: JSON',
      'Exiting ksqlDB.',
      '',
    ]);
  });

  test("the prompt's own commands", async () => {
    const prompt = new Prompt();
    prompt.files.set('my file.sql', "DEFINE s = 'orders';\nDESCRIBE $" + '{s};');
    const printed = await prompt.all(`help;
version
run script 'my file.sql';
run script
server
server ${server.url}/
request-pipelining
request-pipelining ON;
spool 'out.txt'
version;
spool off
PRINT 'orders' FROM BEGINNING LIMIT 1;
nonsense;
SHOW STREAMS
`);
    expect(printed).toContain('run script <file>:\n\tRuns the statements of a file');
    expect(printed).toMatch(/\nVersion: \d+\.\d+\.\d+\n/);
    expect(printed).toContain('Name                 : ORDERS');
    expect(printed).toContain('Too few parameters: run script <file>');
    expect(printed).toContain(`${server.url}\nServer now: ${server.url}\n`);
    expect(printed).toContain(
      'Current request-pipelining configuration: OFF\nrequest-pipelining configuration is now ON\n',
    );
    expect(printed).toContain('Session will be spooled to out.txt\nEnter SPOOL OFF to disable\n');
    expect(prompt.spools.join('')).toMatch(/ksql> version;\nVersion: .*\nksql> spool off\n$/);
    expect(printed).toContain('Spool written to out.txt');
    expect(printed).toMatch(/Key format: .*\n[\s\S]*Topic printing ceased\n/);
    expect(printed).toContain('Syntax Error');
    expect(printed).toContain("a semicolon is missing behind 'SHOW STREAMS'");
    expect(printed).toMatch(/Exiting ksqlDB\.\n$/);
  });
});

describe('a terminal', () => {
  test('Ctrl-C ends a query and not the session, and forgets a line', async () => {
    const prompt = new Prompt({ isTerminal: true });
    await eventually(
      async () => prompt.echoed,
      (text) => text.includes('ksql> '),
    );
    await prompt.type("SET 'auto.offset.reset'='earliest';\r", 'Successfully');
    await prompt.type('SELECT id\rFROM orders EMIT CHANGES;\r', '|a ');
    await prompt.type(CTRL_C, 'Query terminated');
    await prompt.type(`DROP STREAM${CTRL_C}`, '^C');
    await prompt.type('version\r', 'Version: ');
    await prompt.type('exit\r', 'Exiting ksqlDB.');
    await prompt.done;
    expect(prompt.history).toEqual([
      "SET 'auto.offset.reset'='earliest';",
      'SELECT id FROM orders EMIT CHANGES;',
      'version',
      'exit',
    ]);
  });

  test('a statement of several lines is one entry, and costs none of those before it', async () => {
    const prompt = new Prompt({ isTerminal: true, history: ['version', 'help'] });
    await eventually(
      async () => prompt.echoed,
      (text) => text.includes('ksql> '),
    );
    await prompt.type('DESCRIBE\r\r  orders -- all of it\r;\r', 'For runtime statistics');
    await prompt.type(`${UP}\r`, 'For runtime statistics');
    await prompt.type(`${UP}${UP}${UP}\r`, 'Version: ');
    expect(prompt.history.slice(2)).toEqual(['DESCRIBE orders ;', 'DESCRIBE orders ;', 'version']);
    prompt.keys.end();
    await prompt.done;
  });

  test('what was entered in an earlier session is a key away', async () => {
    const prompt = new Prompt({ isTerminal: true, history: ['version', 'SHOW TABLES;'] });
    await eventually(
      async () => prompt.echoed,
      (text) => text.includes('ksql> '),
    );
    await prompt.type(`${UP}${UP}\r`, 'Version: ');
    await prompt.type('history\r', '   1: version\n   2: SHOW TABLES;\n   3: version\n   4: history\n');
    prompt.keys.end();
    await prompt.done;
  });

  test('Tab goes on with keywords, sources, columns and functions', async () => {
    const prompt = new Prompt({ isTerminal: true });
    const shown = (text: string) =>
      eventually(
        async () => prompt.echoed,
        (echoed) => echoed.includes(text),
      );
    await shown('ksql> ');
    prompt.keys.write(`DESCR${TAB}`);
    await shown('DESCRIBE');
    prompt.keys.write(` ord${TAB}`);
    await shown('orders');
    await prompt.type(';\r', 'Name                 : ORDERS');
    prompt.keys.write(`SELECT * FROM orders WHERE PRIC${TAB}`);
    await shown('WHERE PRICE');
    await prompt.type(CTRL_C, '^C');
    prompt.keys.write(`select concat_${TAB}`);
    await shown('select concat_ws');
    prompt.keys.end();
    await prompt.done;
  });

  test('a source whose name is a word of SQL is proposed in quotes', async () => {
    await using client = new KsqlClient({ url: server.url, protocol: 'http/1.1' });
    await client.execute("CREATE STREAM `WHEN` (a INT) WITH (KAFKA_TOPIC = 'orders', VALUE_FORMAT = 'JSON');");
    try {
      const [proposals] = await new Completer(() => client).complete('DESCRIBE WHE');
      expect(proposals).toContain('`WHEN`');
    } finally {
      await client.execute('DROP STREAM `WHEN`;');
    }
  });
});
