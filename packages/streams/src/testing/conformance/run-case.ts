import { isDeepStrictEqual } from 'node:util';
import { javaClassOf } from '../../errors.ts';
import { MemoryEngine } from '../../state/engines/memory.ts';
import type { StoreEngine } from '../../state/engines/store-engine.ts';
import type {
  KeyValueStore,
  SessionStore,
  TimestampedKeyValueStore,
  TimestampedWindowStore,
  VersionedKeyValueStore,
  Windowed,
} from '../../state/stores.ts';
import { continueOnError } from '../../task/handlers.ts';
import { UNLIMITED_END_MS } from '../../windows/unlimited-windows.ts';
import type { ProducedRecord } from '../produced-record.ts';
import { TopologyTestDriver } from '../topology-test-driver.ts';
import { type AnyValue, anySerde, CORRUPT_BYTES } from './any-serde.ts';
import { type BuiltCase, buildCase, type StoreKind } from './build-case.ts';
import type { Case, CaseError, CaseOutput, CaseResult, CaseRow, CaseWindow } from './case.ts';

const APPLICATION_ID = 'app';
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Builds and runs a case with the test driver, its rows in `engine`; gives what the oracle gives. */
export async function runCase(spec: Case, engine: StoreEngine = new MemoryEngine()): Promise<CaseResult> {
  let built: BuiltCase;
  try {
    built = buildCase(spec);
  } catch (error) {
    return { error: errorOf('build', error) };
  }
  const describe = built.topology.describe();
  const { config } = spec;
  let driver: TopologyTestDriver;
  try {
    driver = new TopologyTestDriver(built.topology, {
      engine,
      applicationId: APPLICATION_ID,
      cacheMaxBytes: config.cacheBytes ?? 0,
      emitIntervalMs: config.emitIntervalMs ?? 0,
      ...(config.deadLetterTopic === undefined ? {} : { deadLetterTopic: config.deadLetterTopic }),
      handlers: {
        ...(config.processingHandler === 'continue' ? { processing: continueOnError } : {}),
        ...(config.deserializationHandler === 'continue' ? { deserialization: continueOnError } : {}),
      },
    });
  } catch (error) {
    return { describe, error: errorOf('start', error) };
  }
  const outputs: CaseOutput[] = [];
  const internalTopics = new Set<string>();
  let error: CaseError | null = null;
  for (const [step, input] of spec.inputs.entries()) {
    try {
      if ('advanceWallClock' in input) driver.advanceWallClockTime(input.advanceWallClock);
      else driver.pipe(inputRecord(input));
    } catch (thrown) {
      error = errorOf('run', thrown, step);
    }
    collect(driver.takeProduced(), step, outputs, internalTopics);
    if (error !== null) break;
  }
  const result: CaseResult = { describe, outputs, internalTopics: [...internalTopics].sort() };
  if (error !== null) return { ...result, error };
  return { ...result, stores: readStores(driver, built.stores, spec) };
}

function inputRecord(input: Extract<Case['inputs'][number], { topic: string }>): ProducedRecord {
  const { topic, key, value, ts, headers = {}, corrupt } = input;
  return {
    topic,
    key: key === null ? null : encoder.encode(key),
    value: corrupt === true ? CORRUPT_BYTES : value === null ? null : encoder.encode(value),
    timestamp: ts,
    headers: Object.entries(headers).map(([name, text]) => ({ key: name, value: encoder.encode(text) })),
  };
}

function errorOf(phase: CaseError['phase'], thrown: unknown, step?: number): CaseError {
  let root = thrown;
  while (root instanceof Error && root.cause !== undefined) root = root.cause;
  return {
    phase,
    ...(step === undefined ? {} : { step }),
    class: simpleName(thrown),
    ...(root === thrown ? {} : { cause: simpleName(root) }),
    message: thrown instanceof Error ? thrown.message : String(thrown),
  };
}

function simpleName(thrown: unknown): string {
  return javaClassOf(thrown).split('.').at(-1)!;
}

const HIDDEN_HEADERS = new Set(['__streams.errors.stacktrace', '__streams.errors.message']);

/** The records of one step; dead letters, which no sink sends, stand last. */
function collect(
  produced: readonly ProducedRecord[],
  step: number,
  outputs: CaseOutput[],
  internalTopics: Set<string>,
): void {
  const deadLetters: CaseOutput[] = [];
  for (const record of produced) {
    if (record.topic.startsWith(`${APPLICATION_ID}-`)) {
      internalTopics.add(record.topic);
      continue;
    }
    const isDeadLetter = record.headers.some(({ key }) => key === '__streams.errors.exception');
    const shown = record.headers
      .filter(({ key }) => !HIDDEN_HEADERS.has(key))
      .map(({ key, value }) => [key, value === null ? '' : decoder.decode(value)] as const);
    const output: CaseOutput = {
      step,
      topic: record.topic,
      ...keyOf(record.key === null ? null : readable(record.key)),
      value: record.value === null ? null : (readable(record.value) as string | number),
      ts: record.timestamp,
      ...(shown.length === 0 ? {} : { headers: Object.fromEntries(shown) }),
      ...(isDeadLetter ? { deadLetter: true } : {}),
    };
    if (isDeadLetter) deadLetters.push(output);
    else outputs.push(output);
  }
  outputs.push(...deadLetters);
}

function readable(bytes: Uint8Array): AnyValue {
  try {
    return anySerde.deserialize(bytes, '');
  } catch {
    return '<corrupt>';
  }
}

function windowOf({ startMs, endMs }: Windowed<unknown>['window']): CaseWindow {
  return { start: startMs, end: endMs === UNLIMITED_END_MS ? 'max' : endMs };
}

function keyOf(key: AnyValue | null): { key: string; window?: CaseWindow } | { key: null } {
  if (key === null) return { key: null };
  if (typeof key === 'object') return { key: key.key, window: windowOf(key.window) };
  return { key: String(key) };
}

function readStores(
  driver: TopologyTestDriver,
  kinds: ReadonlyMap<string, StoreKind>,
  spec: Case,
): Record<string, readonly CaseRow[] | null> {
  const result: Record<string, readonly CaseRow[] | null> = {};
  for (const [name, kind] of kinds) {
    result[name] = driver.getStateStore(name) === null ? null : readStore(driver, name, kind, spec).sort(compareRows);
  }
  return result;
}

type Value = string | number;

function readStore(driver: TopologyTestDriver, name: string, kind: StoreKind, spec: Case): CaseRow[] {
  const row = (key: unknown, value: Value, ts?: number): CaseRow => ({
    ...(keyOf(key as AnyValue) as { key: string }),
    value,
    ...(ts === undefined ? {} : { ts }),
  });
  switch (kind) {
    case 'timestamped': {
      const store = driver.getStateStore<TimestampedKeyValueStore<unknown, Value>>(name)!;
      return [...store.all()].map(([key, { value, timestamp }]) => row(key, value, timestamp));
    }
    case 'plain': {
      const store = driver.getStateStore<KeyValueStore<unknown, Value>>(name)!;
      return [...store.all()].map(([key, value]) => row(key, value));
    }
    case 'window': {
      const store = driver.getStateStore<TimestampedWindowStore<unknown, Value>>(name)!;
      return [...store.all()].map(([key, { value, timestamp }]) => row(key, value, timestamp));
    }
    case 'session': {
      const store = driver.getStateStore<SessionStore<unknown, Value>>(name)!;
      return [...store.findSessionsByEnd(0, Number.MAX_SAFE_INTEGER)].map(([key, value]) => row(key, value));
    }
    case 'versioned': {
      const store = driver.getStateStore<VersionedKeyValueStore<unknown, Value>>(name)!;
      const keys = new Set(spec.inputs.flatMap((input) => ('key' in input && input.key !== null ? [input.key] : [])));
      return [...keys].flatMap((key) => {
        const latest = store.get(key);
        return latest === null ? [] : [row(key, latest.value, latest.timestamp)];
      });
    }
  }
}

function compareRows(a: CaseRow, b: CaseRow): number {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  const start = (a.window?.start ?? 0) - (b.window?.start ?? 0);
  const end = ({ window }: CaseRow) => (window?.end === 'max' || window === undefined ? UNLIMITED_END_MS : window.end);
  return start === 0 ? end(a) - end(b) : start;
}

/** Why a result differs from what Kafka Streams did, or null if it does not. */
export function differenceOf(spec: Case, actual: CaseResult): string | null {
  const { expected } = spec;
  const { error } = expected;
  const outputs = actual.outputs ?? [];
  const quirkless = spec.expectedWithoutQuirk?.outputs;
  const hasQuirklessOutputs = quirkless !== undefined && isDeepStrictEqual(outputs, quirkless);
  if (!hasQuirklessOutputs) {
    const failure = errorDifference(error, actual.error);
    if (failure !== null) return failure;
    const wanted = expected.outputs ?? [];
    const at = wanted.findIndex((output, index) => !isDeepStrictEqual(output, outputs[index]));
    if (at >= 0) return `output ${at}: ${JSON.stringify(outputs[at])}, expected ${JSON.stringify(wanted[at])}`;
    if (outputs.length > wanted.length)
      return `output ${wanted.length}: ${JSON.stringify(outputs[wanted.length])} too many`;
  }
  // What a store keeps behind a window that was lost is part of the quirk.
  if (hasQuirklessOutputs || expected.stores === undefined) return null;
  for (const [name, rows] of Object.entries(expected.stores)) {
    const own = actual.stores?.[name];
    if (!isDeepStrictEqual(own, rows)) {
      return `store ${name}: ${JSON.stringify(own)}, expected ${JSON.stringify(rows)}`;
    }
  }
  return null;
}

function errorDifference(expected: CaseError | undefined, actual: CaseError | undefined): string | null {
  const shown = (error: CaseError | undefined) => {
    if (error === undefined) return 'no error';
    return `${error.phase} ${error.step ?? ''} ${error.class} ${error.cause ?? ''}`;
  };
  return shown(expected) === shown(actual)
    ? null
    : `${shown(actual)} (${actual?.message ?? ''}), expected ${shown(expected)} (${expected?.message ?? ''})`;
}
