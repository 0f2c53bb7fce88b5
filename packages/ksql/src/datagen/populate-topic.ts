import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock, Random } from '@millrace/base';
import type { Producer } from '@millrace/client';
import type { Row } from '../types/values.ts';
import type { MadeRecord } from './record-maker.ts';

export type PopulateOptions = {
  readonly producer: Producer;
  readonly topic: string;
  /** Rows; each of these is what one of ksql-datagen's threads makes. */
  readonly sources: readonly (() => Row)[];
  readonly record: (row: Row) => MadeRecord;
  /** From each source; null: without end. */
  readonly iterations: number | null;
  /** Records a second from all sources together; null: as fast as it goes. */
  readonly ratePerSecond: number | null;
  /** At most so long between two records, by chance; null: no time. */
  readonly maxIntervalMs: number | null;
  readonly random: Random;
  readonly clock: Clock;
  /** Told of each record when the brokers have it. */
  readonly onDelivered: (text: string, timestampMs: number) => Promise<void>;
  readonly signal: AbortSignal;
};

/** Records are sent in groups of so many, so that one that waits for its turn does not wait for the brokers. */
const GROUP_SIZE = 500;

/** Fills a topic with rows. Resolves with how many there are when all are delivered, or when the signal says enough. */
export async function populateTopic(options: PopulateOptions): Promise<number> {
  const { sources, iterations, producer, topic, record, signal } = options;
  const pace = new Pace(options);
  const total = iterations === null ? Number.POSITIVE_INFINITY : iterations * sources.length;
  let delivered: Promise<void>[] = [];
  let failure: { readonly error: unknown } | null = null;
  let count = 0;
  for (; count < total && !signal.aborted && failure === null; count++) {
    if (!(await pace.turn(signal))) break;
    const { text, key, value, timestamp } = record(sources[count % sources.length]!());
    const time = timestamp ?? options.clock.wallMs();
    const sent = producer.send({ topic, key, value, timestamp: time }).then(
      () => options.onDelivered(text, time),
      (error: unknown) => {
        failure ??= { error };
      },
    );
    delivered.push(sent);
    await producer.waitForRoom();
    if (delivered.length < GROUP_SIZE) continue;
    await Promise.all(delivered);
    delivered = [];
  }
  await producer.flush().catch((error: unknown) => {
    failure ??= { error };
  });
  await Promise.all(delivered);
  if (failure !== null) throw (failure as { readonly error: unknown }).error;
  return count;
}

/** When the next record may go. */
class Pace {
  readonly #options: Pick<PopulateOptions, 'ratePerSecond' | 'maxIntervalMs' | 'random' | 'clock'>;
  #nextMs: number;

  constructor(options: Pick<PopulateOptions, 'ratePerSecond' | 'maxIntervalMs' | 'random' | 'clock'>) {
    this.#options = options;
    this.#nextMs = options.clock.monotonicMs();
  }

  /** Resolves with false where the signal comes first. */
  async turn(signal: AbortSignal): Promise<boolean> {
    const { ratePerSecond, maxIntervalMs, random, clock } = this.#options;
    if (ratePerSecond === null && maxIntervalMs === null) return true;
    const waitMs = this.#nextMs - clock.monotonicMs();
    if (waitMs > 0) await sleep(waitMs, undefined, { signal }).catch(() => {});
    const byRate = ratePerSecond === null ? 0 : 1_000 / ratePerSecond;
    const byChance = maxIntervalMs === null ? 0 : random.int(maxIntervalMs + 1);
    this.#nextMs = Math.max(this.#nextMs, clock.monotonicMs() - byRate) + Math.max(byRate, byChance);
    return !signal.aborted;
  }
}
