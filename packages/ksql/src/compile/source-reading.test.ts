import { expect, test } from 'vitest';
import { builtInFunctions } from '../functions/built-in.ts';
import type { ProcessingLogMessage } from '../processing-log/messages.ts';
import { schemaOfText } from '../steps/schema-text.ts';
import type { SourceStep } from '../steps/steps.ts';
import { ColumnUse } from './column-use.ts';
import { CompileContext } from './compile-context.ts';
import { defaultFunctionContext } from './expressions/compile-expression.ts';
import { SharedSources } from './shared-sources.ts';
import { SourceReading } from './source-reading.ts';

const SCHEMA = '`ID` STRING KEY, `A` INTEGER, `B` STRING, `C` INTEGER';
const STEP: SourceStep = {
  kind: 'stream-source',
  version: 1,
  context: 'KsqlTopic',
  topic: 'source',
  schema: SCHEMA,
  sourceSchema: SCHEMA,
  formats: {
    key: { format: 'KAFKA', properties: {}, features: [] },
    value: { format: 'JSON', properties: {}, features: [] },
  },
  window: null,
  timestamp: null,
};
const RECORD = Buffer.from('{"A":1,"B":"two","C":3}');
const functions = builtInFunctions();

/** A query that uses these columns of the source, and what it tells the processing log. */
function query(sources: SharedSources, columns: readonly number[], step: SourceStep = STEP) {
  const told: ProcessingLogMessage[] = [];
  const context = new CompileContext({
    queryId: 'query',
    functions,
    config: {},
    processingLog: { report: (message) => told.push(message) },
    functionContext: defaultFunctionContext,
    sources,
  });
  const use = new ColumnUse();
  use.need(columns);
  const reading = new SourceReading(step, { declared: schemaOfText(step.sourceSchema), use, room: () => 1 }, context);
  const forAll = () => reading.value.forAll!();
  return { reading, told, forAll, readForAll: () => forAll().serde.deserialize(RECORD, 'source') };
}

test('who reads for all makes the columns that any query uses while it runs, and alone only its own', () => {
  const sources = new SharedSources();
  const [one, two] = [query(sources, [0]), query(sources, [1])];
  one.reading.begin();
  expect(one.readForAll()).toEqual([1, null, null, null]);
  two.reading.begin();
  expect(one.readForAll()).toEqual([1, 'two', null, null]);
  expect(one.forAll().as).toBe(two.forAll().as);
  expect(one.reading.value.deserialize(RECORD, 'source')).toEqual([1, null, null, null]);
  two.reading.end();
  expect(one.readForAll()).toEqual([1, null, null, null]);
});

test('a query finds its own columns also before the others know of it', () => {
  const sources = new SharedSources();
  const [one, late] = [query(sources, [0]), query(sources, [2])];
  one.reading.begin();
  expect(late.readForAll()).toEqual([1, null, 3, null]);
  expect(late.forAll().as).not.toBe(one.forAll().as);
});

test('sources that are declared in another way are read apart', () => {
  const sources = new SharedSources();
  const timestamp = { column: 'C', format: null };
  const steps = [STEP, { ...STEP, timestamp }, { ...STEP, sourceSchema: `${SCHEMA}, \`D\` INTEGER` }];
  const queries = steps.map((step) => query(sources, [0, 1, 2], step));
  for (const { reading } of queries) reading.begin();
  expect(new Set(queries.map(({ forAll }) => forAll().as)).size).toBe(steps.length);
});

test('what can not be read for all is told by each query for itself', () => {
  const { reading, told, forAll } = query(new SharedSources(), [0]);
  const bad = Buffer.from('{"A":');
  expect(() => forAll().serde.deserialize(bad, 'source')).toThrow();
  expect(told).toEqual([]);
  expect(() => reading.value.deserialize(bad, 'source')).toThrow();
  expect(told).toMatchObject([{ kind: 'deserialization-error', logger: 'processing.query.KsqlTopic.deserializer' }]);
});
