import {
  type FixedKeyProcessorContext,
  type FixedKeyRecord,
  JoinWindows,
  type KStream,
  Serdes,
  StreamsBuilder,
  TimeWindows,
  type Topology,
} from '@millrace/streams';
import { Generator, type View } from './generator.ts';

export const LEFT_SEED = 1;
export const RIGHT_SEED = 2;
const WINDOW_MS = 60_000;
const JOIN_MS = 10_000;

type Profile = { readonly user: string; readonly name: string; readonly level: number };

/** Counts records as they enter, and asks for a commit after the last, so that no interval is waited out. */
export class Probe {
  readonly expected: number;
  seen = 0;
  firstMs = 0;

  constructor(expected: number) {
    this.expected = expected;
  }

  note(commit: () => void): void {
    if (this.seen === 0) this.firstMs = performance.now();
    this.seen++;
    if (this.seen === this.expected) commit();
  }
}

export const JOBS = ['map', 'count', 'count-eos', 'count-bytes', 'window', 'table-join', 'stream-join'] as const;
export type Job = (typeof JOBS)[number];

const strings = Serdes.string();
const longs = Serdes.long();

/** The jobs of the Java side: every value is parsed from JSON, and JSON is written, as an application would. */
export function topologyOf(job: Job, count: number, out: string, probe: Probe | null): Topology {
  const builder = new StreamsBuilder();
  const left = `left-${count}`;
  const views = Serdes.json<View>();
  switch (job) {
    case 'map':
      probed(builder.stream(left, { key: strings, value: views }), probe)
        .filter((_user, view) => view.cents >= 5000)
        .mapValues((view) => ({ user: view.user, page: view.page, euros: view.cents / 100 }))
        .to(out, { key: strings, value: Serdes.json() });
      break;
    case 'count':
    case 'count-eos':
      probed(builder.stream(left, { key: strings, value: views }), probe)
        .groupByKey({ key: strings, value: views })
        .count()
        .toStream()
        .to(out, { key: strings, value: longs });
      break;
    case 'count-bytes':
      probed(builder.stream(left, { key: strings, value: Serdes.bytes() }), probe)
        .groupByKey({ key: strings, value: Serdes.bytes() })
        .count()
        .toStream()
        .to(out, { key: strings, value: longs });
      break;
    case 'window':
      probed(builder.stream(left, { key: strings, value: views }), probe)
        .groupByKey({ key: strings, value: views })
        .windowedBy(TimeWindows.ofSizeWithNoGrace(WINDOW_MS))
        .count()
        .toStream()
        .to(out, { key: Serdes.timeWindowed(strings, WINDOW_MS), value: longs });
      break;
    case 'table-join': {
      const users = builder.table('users', { key: strings, value: Serdes.json<Profile>() });
      probed(builder.stream(left, { key: strings, value: views }), probe)
        .join(users, (view, { user, name, level }) => ({ user, name, level, page: view.page, cents: view.cents }), {
          key: strings,
          value: views,
        })
        .to(out, { key: strings, value: Serdes.json() });
      break;
    }
    case 'stream-join':
      probed(builder.stream(left, { key: strings, value: views }), probe)
        .join(
          probed(builder.stream(`right-${count}`, { key: strings, value: views }), probe),
          (one, other) => ({ user: one.user, left: one.id, right: other.id }),
          JoinWindows.ofTimeDifferenceWithNoGrace(JOIN_MS),
          { key: strings, value: views, otherValue: views },
        )
        .to(out, { key: strings, value: Serdes.json() });
      break;
  }
  return builder.build();
}

function probed<V>(stream: KStream<string, V>, probe: Probe | null): KStream<string, V> {
  if (probe === null) return stream;
  return stream.processValues(() => {
    let context: FixedKeyProcessorContext<string, V>;
    return {
      init(given: FixedKeyProcessorContext<string, V>) {
        context = given;
      },
      process(record: FixedKeyRecord<string, V>) {
        context.forward(record);
        probe.note(() => context.commit());
      },
    };
  });
}

/** What the output must add up to: the sum of the final counts, or the number of records. */
export function expectedFigure(job: Job, count: number): number {
  switch (job) {
    case 'map': {
      const generator = new Generator(LEFT_SEED);
      let passing = 0;
      for (let at = 0; at < count; at++) if (generator.next().cents >= 5000) passing++;
      return passing;
    }
    case 'stream-join':
      return pairs(count);
    default:
      return count;
  }
}

/** How many pairs of equal key lie at most the window apart. */
function pairs(count: number): number {
  const left = new Generator(LEFT_SEED);
  const right = new Generator(RIGHT_SEED);
  const lefts = new Map<number, number[]>();
  const rights = new Map<number, number[]>();
  const recent = (side: Map<number, number[]>, user: number, fromMs: number): number[] => {
    const times = (side.get(user) ?? []).filter((time) => time >= fromMs);
    side.set(user, times);
    return times;
  };
  let found = 0;
  for (let at = 0; at < count; at++) {
    left.next();
    right.next();
    found += recent(rights, left.user, left.timeMs - JOIN_MS).length;
    recent(lefts, left.user, left.timeMs - JOIN_MS).push(left.timeMs);
    found += recent(lefts, right.user, right.timeMs - JOIN_MS).length;
    recent(rights, right.user, right.timeMs - JOIN_MS).push(right.timeMs);
  }
  return found;
}
