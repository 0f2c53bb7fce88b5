import { StreamsBuilder, type StreamsBuilderOptions } from '../../dsl/streams-builder.ts';
import type { Serde } from '../../serdes/serde.ts';
import { Serdes } from '../../serdes/serdes.ts';
import type { Windowed } from '../../state/stores.ts';
import { TopologyTestDriver, type TopologyTestDriverOptions } from '../../testing/topology-test-driver.ts';

/** `topic key=value @time`, `topic key= @time` for a deletion; or a move of the wall clock. */
export type Step = string | { readonly wallClock: number };

export type Views = {
  /** What left by sinks, in order. */
  readonly outputs: readonly string[];
  /** The rows of the named stores at the end. */
  readonly stores: Readonly<Record<string, readonly string[]>>;
  /** What went to changelogs, in order: `store key=value @time`. */
  readonly changelog: readonly string[];
  /** The index of the step in which an output left. */
  stepOf(output: string): number;
};

const text: Serde<string> = Serdes.string();

/**
 * Builds a topology over string topics, pipes the steps, and shows what came of it from three sides. Outputs, rows and
 * changes are written like the steps.
 */
export function runViews(
  build: (builder: StreamsBuilder) => void,
  steps: readonly Step[],
  options: TopologyTestDriverOptions & { readonly builder?: StreamsBuilderOptions } = {},
): Views {
  const builder = new StreamsBuilder({ defaultKeySerde: text, defaultValueSerde: text, ...options.builder });
  build(builder);
  const driver = new TopologyTestDriver(builder.build(), { applicationId: 'app', emitIntervalMs: 0, ...options });
  const outputs: string[] = [];
  const changelog: string[] = [];
  const stepOfOutput: number[] = [];
  for (const [index, step] of steps.entries()) {
    if (typeof step === 'string') driver.pipe(parseStep(step));
    else driver.advanceWallClockTime(step.wallClock);
    for (const { topic, key, value, timestamp } of driver.takeProduced()) {
      const line = `${shown(key)}=${shown(value)} @${timestamp}`;
      if (topic.endsWith('-changelog')) changelog.push(`${topic.slice('app-'.length, -'-changelog'.length)} ${line}`);
      else if (!topic.startsWith('app-')) stepOfOutput[outputs.push(`${topic} ${line}`) - 1] = index;
    }
  }
  const stores = Object.fromEntries(driver.storeNames.map((name) => [name, rowsOf(driver, name)]));
  return { outputs, stores, changelog, stepOf: (output) => stepOfOutput[outputs.indexOf(output)] ?? -1 };
}

function parseStep(step: string) {
  const match = /^(\S+) ([^=]*)=(.*) @(-?\d+)$/.exec(step);
  if (match === null) throw new RangeError(`not a step: ${step}`);
  const [, topic, key, value, timestamp] = match;
  const bytes = (part: string) => (part === '' ? null : text.serialize(part, topic!));
  return { topic: topic!, key: bytes(key!), value: bytes(value!), timestamp: Number(timestamp), headers: [] };
}

/** Text as it is, other bytes by their numbers, nothing for null. */
function shown(bytes: Uint8Array | null): string {
  if (bytes === null) return '';
  if (bytes.every((byte) => byte >= 0x20 && byte < 0x7f)) return text.deserialize(bytes, '');
  return `<${[...bytes].join(' ')}>`;
}

function rowsOf(driver: TopologyTestDriver, name: string): string[] {
  const store = driver.getStateStore(name) as unknown as Record<
    string,
    (...bounds: number[]) => Iterable<readonly [unknown, unknown]>
  >;
  if ('findSessionsByEnd' in store) return [...store.findSessionsByEnd!(0, Number.MAX_SAFE_INTEGER)].map(shownRow);
  return 'all' in store ? [...store.all!()].map(shownRow) : [];
}

function shownRow([key, value]: readonly [unknown, unknown]): string {
  return `${shownKey(key)}=${shownValue(value)}`;
}

export function shownKey(key: unknown): string {
  if (typeof key !== 'object' || key === null) return String(key);
  if (!('window' in key)) return JSON.stringify(key);
  const { window } = key as Windowed<unknown>;
  return `${String((key as Windowed<unknown>).key)}@${window.startMs}/${window.endMs}`;
}

function shownValue(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (!('timestamp' in value)) return JSON.stringify(value);
  const row = value as { readonly value: unknown; readonly timestamp: number };
  return `${String(row.value)} @${row.timestamp}`;
}
