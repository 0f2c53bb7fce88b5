import { expect, test } from 'vitest';
import type { KsqlEntity } from '../rest-client/entities.ts';
import { entityLines } from './render-entity.ts';

const statementText = 'x;';
const lines = (entity: object): readonly string[] => entityLines({ statementText, ...entity } as KsqlEntity, 80);

test('warnings stand behind the answer that has them', () => {
  const warnings = [{ message: 'careful' }];
  expect(lines({ '@type': 'warning_entity', message: 'Stream exists', warnings })).toEqual([
    ' Message       ',
    '---------------',
    ' Stream exists ',
    '---------------',
    'WARNING: careful',
  ]);
});

test('connectors are listed and described', () => {
  const connectors = [{ name: 'c', type: null, className: 'x.Y' }];
  expect(lines({ '@type': 'connector_list', connectors })).toContain(' c              | UNKNOWN | x.Y   |        ');
  const connectorsPlugins = [{ className: 'x.Y', type: 'SINK', version: '1' }];
  expect(lines({ '@type': 'connector_plugins_list', connectorsPlugins })).toContain(' x.Y   | SINK | 1       ');
  const described = lines({
    '@type': 'connector_description',
    connectorClass: 'x.Y',
    status: {
      name: 'c',
      type: 'sink',
      connector: { state: 'FAILED', worker_id: 'w:1', trace: 'why' },
      tasks: [{ id: 0, state: 'RUNNING', worker_id: 'w:1' }],
    },
    sources: [],
    topics: ['t'],
  });
  expect(described).toEqual([
    'Name                 : c',
    'Class                : x.Y',
    'Type                 : sink',
    'State                : FAILED',
    'WorkerId             : w:1',
    'Trace                : why',
    '',
    ' Task ID | State   | Error Trace ',
    '---------------------------------',
    ' 0       | RUNNING |             ',
    '---------------------------------',
    '',
    ' Related Topics ',
    '----------------',
    ' t              ',
    '----------------',
  ]);
  expect(lines({ '@type': 'drop_connector', connectorName: 'c' })[2]).toBe(' Dropped connector "c" ');
  expect(lines({ '@type': 'connector_info', info: { name: 'c', config: {} } })[2]).toBe(' Created connector c ');
});

test('what Kafka Connect refuses is shown in its words', () => {
  const shown = (errorMessage: string) =>
    lines({ '@type': 'error_entity', errorMessage }).slice(2, -1).join('\n').trim();
  expect(shown('{"error_code":409,"message":"there"}')).toBe('{\n  "error_code": 409,\n  "message": "there"\n}');
  expect(shown('x'.repeat(70))).toBe(`${'x'.repeat(60)}\n${'x'.repeat(10)}`);
});

test('a query is explained with its columns, sources, plan, settings and errors', () => {
  const queryDescription = {
    id: 'CTAS_T_1',
    statementText: 'CREATE TABLE t …',
    windowType: 'TUMBLING',
    fields: [
      { name: 'K', type: 'KEY', schema: { type: 'STRING' } },
      { name: 'H', type: 'HEADER', headerKey: 'h', schema: { type: 'BYTES' } },
      { name: 'V', schema: { type: 'MAP', memberSchema: { type: 'DECIMAL', parameters: { precision: 4, scale: 2 } } } },
    ],
    sources: ['S'],
    sinks: ['T'],
    topology: 'Topologies:',
    executionPlan: ' > [ PROJECT ]',
    overriddenProperties: { b: 1, a: 'x' },
    ksqlHostQueryStatus: { 'host:8088': 'RUNNING' },
    queryType: 'PERSISTENT',
    queryErrors: [{ timestamp: 0, errorMessage: 'broken', type: 'USER' }],
  };
  const shown = lines({ '@type': 'queryDescription', queryDescription }).map((line) => line.trimEnd());
  expect(shown).toEqual([
    'ID                   : CTAS_T_1',
    'Query Type           : PERSISTENT',
    'SQL                  : CREATE TABLE t …',
    'Host Query Status    : {host:8088=RUNNING}',
    '',
    ' Field | Type',
    '--------------------------------------------------------',
    ' K     | VARCHAR(STRING)  (key) (Window type: TUMBLING)',
    " H     | BYTES            (header('h'))",
    ' V     | MAP<STRING, DECIMAL(4, 2)>',
    '--------------------------------------------------------',
    '',
    'Sources that this query reads from:',
    '-----------------------------------',
    'S',
    '',
    'For source description please run: DESCRIBE [EXTENDED] <SourceId>',
    '',
    'Sinks that this query writes to:',
    '-----------------------------------',
    'T',
    '',
    'For sink description please run: DESCRIBE [EXTENDED] <SinkId>',
    '',
    'Execution plan',
    '--------------',
    ' > [ PROJECT ]',
    '',
    'Processing topology',
    '-------------------',
    'Topologies:',
    '',
    'Overridden Properties',
    '---------------------',
    ' Property | Value',
    '------------------',
    ' a        | x',
    ' b        | 1',
    '------------------',
    '',
    'Error Date           : 1970-01-01 00:00:00,000 (UTC)',
    'Error Details        : broken',
    'Error Type           : USER',
  ]);
});

test('a source tells what its groups have read, and what a server of another version says is shown as it is', () => {
  const offsets = [{ partition: 0, logStartOffset: 1, logEndOffset: 9, consumerOffset: 4 }];
  const sourceDescription = {
    name: 'S',
    type: 'TABLE',
    fields: [{ name: 'K', type: 'KEY', schema: { type: 'INTEGER' } }],
    readQueries: [],
    writeQueries: [],
    timestamp: 'TS',
    statistics: 'none',
    errorStats: '',
    extended: true,
    keyFormat: 'KAFKA',
    valueFormat: 'JSON',
    topic: 's',
    partitions: 0,
    replication: 0,
    statement: 'CREATE …',
    queryOffsetSummaries: [
      { groupId: 'g', topicSummaries: [{ kafkaTopic: 's', offsets }] },
      { groupId: 'h', topicSummaries: [] },
    ],
  };
  const shown = lines({ '@type': 'sourceDescription', sourceDescription }).map((line) => line.trimEnd());
  expect(shown).toContain('Timestamp field      : TS');
  expect(shown).toContain('Kafka topic          : s');
  expect(shown).toContain(' K     | INTEGER          (primary key)');
  expect(shown).toContain('Max lag              : 5');
  expect(shown).toContain(' 0         | 1            | 9          | 4      | 5');
  expect(shown.at(-1)).toBe('<no offsets committed by this group yet>');
  expect(lines({ '@type': 'something_new', n: 1 }).join('\n')).toContain('"@type": "something_new"');
});

test('replicas that differ are all told, functions stand by category, and settings say where they come from', () => {
  const topics = [{ name: 't', replicaInfo: [1, 2] }];
  expect(lines({ '@type': 'kafka_topics', topics })).toContain(' t           | 2          | 1, 2               ');
  const functions = [
    { name: 'B', type: 'SCALAR', category: 'Y' },
    { name: 'A', type: 'SCALAR', category: 'Y' },
    { name: 'C', type: 'SCALAR', category: 'X' },
  ];
  const names = lines({ '@type': 'function_names', functions })
    .slice(2, 6)
    .map((line) => line.slice(1, 2));
  expect(names).toEqual(['C', ' ', 'A', 'B']);
  const properties = ['a', 'b', 'c'].map((name) => ({ name, scope: 'KSQL', value: null }));
  const own = lines({ '@type': 'properties', properties, overwrittenProperties: ['a'], defaultProperties: ['b'] });
  expect(own.slice(2, 5).map((line) => line.split('|')[2]!.trim())).toEqual(['SESSION', '', 'SERVER']);
});
