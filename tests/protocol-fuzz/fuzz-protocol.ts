import { seededRandom } from '@millrace/base';
import { MemoryFiles } from '@millrace/broker/testing';
import { MetadataRequestDefaults } from '@millrace/protocol';
import { readPartition } from '../simulation/checks/read-log.ts';
import { FrameMaker, sized } from './frames.ts';
import type { FuzzSocket } from './fuzz-socket.ts';
import { type FuzzedBroker, markAsUnclean, startFuzzedBroker } from './fuzzed-broker.ts';
import { HealthyClient } from './healthy-client.ts';

/** Frames of one round: a seed, a data folder, and a recovery at its end. */
export const ROUND_FRAMES = 50_000;

/** After so many frames the event loop gets a turn, and time goes on a little. */
const FRAMES_PER_TURN = 25;
const MS_PER_TURN = 4;
/** A connection lives for so many frames, unless it is closed before. */
const FRAMES_PER_CONNECTION = 300;
const FRAMES_BETWEEN_TALKS = 2_500;
/** Some sizes lie, so that frames are cut at wrong places. */
const WRONG_SIZE_PERCENT = 1;
const SHOWN_BYTES = 400;

/** Partitions of each topic that are read after a round. */
const PARTITIONS_READ_MAX = 50;

const NAMES = [
  'fuzz-a',
  'fuzz-b',
  'fuzz-c',
  '__consumer_offsets',
  '__transaction_state',
  'fuzz-group',
  'range',
  'consumer',
];
const WORDS = [
  ...NAMES,
  'fuzz-txn',
  'retention.ms',
  'cleanup.policy',
  'compact',
  '100',
  '-1',
  'PLAIN',
  'member',
  'User:a',
];

export type FuzzResult = {
  readonly frames: number;
  readonly connections: number;
  readonly answeredBytes: number;
  /** What must not have happened, each with how to see it again. */
  readonly findings: readonly string[];
};

export type FuzzRoundOptions = {
  readonly seed: number;
  readonly frames?: number;
  /** Called now and then with what was sent last: who watches from outside knows where it hangs. */
  readonly onProgress?: (frames: number) => void;
};

/** One round: fuzzed connections beside a healthy one, then a recovery, then a look at every log. */
export async function fuzzRound({ seed, frames = ROUND_FRAMES, onProgress }: FuzzRoundOptions): Promise<FuzzResult> {
  const findings: string[] = [];
  let last: Buffer = Buffer.alloc(0);
  const find = (what: string): void => {
    const shown = last.subarray(0, SHOWN_BYTES).toString('hex');
    findings.push(`seed ${seed}: ${what}\n  last frame: ${shown}`);
  };
  const onUncaught = (error: unknown): void =>
    find(`uncaught: ${error instanceof Error ? error.stack : String(error)}`);
  process.on('uncaughtException', onUncaught).on('unhandledRejection', onUncaught);
  const files = new MemoryFiles();
  let counts = { connections: 0, answeredBytes: 0 };
  try {
    const fuzzed = await startFuzzedBroker(files, seed, (message) => {
      // Refusals of what is damaged are no errors of the broker; a handler that failed is one.
      if (message.startsWith('a request failed') || message.startsWith('closing a connection')) find(message);
    });
    const healthy = new HealthyClient(fuzzed, 0);
    await healthy.makeTopic();
    counts = await sendFrames({ fuzzed, healthy, seed, frames, onProgress, onFrame: (frame) => (last = frame) });
    await fuzzed.broker.close();
    markAsUnclean(files);
    await lookAtLogs(files, seed, healthy.nextOffset);
  } catch (error) {
    find(error instanceof Error ? `${error.stack}` : String(error));
  } finally {
    process.off('uncaughtException', onUncaught).off('unhandledRejection', onUncaught);
  }
  return { frames, ...counts, findings };
}

type Sending = {
  readonly fuzzed: FuzzedBroker;
  readonly healthy: HealthyClient;
  readonly seed: number;
  readonly frames: number;
  readonly onProgress: ((frames: number) => void) | undefined;
  readonly onFrame: (frame: Buffer) => void;
};

async function sendFrames({ fuzzed, healthy, seed, frames, onProgress, onFrame }: Sending) {
  const random = seededRandom(seed);
  const ids: string[] = [];
  for (const name of NAMES.slice(0, 3)) ids.push(await healthy.topicId(name));
  const uuids = [...ids, 'AAAAAAAAAAAAAAAAAAAAAA', 'AAAAAAAAAAAAAAAAAAAAAQ', 'sKa1qBQcQhCP8FVLmPmuDQ'];
  const words = { strings: WORDS, uuids, producerIds: [-1, 0, 1, 2, 3, 1000, 4_000_000] };
  const maker = new FrameMaker(random, await healthy.served(), words);
  const right = new Connections(fuzzed);
  const wrong = new Connections(fuzzed);
  for (let count = 1; count <= frames; count++) {
    const { frame, isRight } = maker.next();
    onFrame(frame);
    const bytes = sized(frame);
    if (!isRight && random.int(100) < WRONG_SIZE_PERCENT) {
      bytes.writeInt32BE(random.int(2 ** 31) - random.int(2 ** 30), 0);
    }
    // What is right does not share the fate of what costs its connection.
    (isRight ? right : wrong).send(bytes);
    if (count % FRAMES_PER_TURN === 0) {
      await new Promise((resolve) => void setImmediate(resolve));
      fuzzed.clock.advance(MS_PER_TURN);
    }
    if (count % FRAMES_BETWEEN_TALKS === 0) {
      onProgress?.(count);
      await healthy.talk();
    }
  }
  right.end();
  wrong.end();
  return {
    connections: right.count + wrong.count,
    answeredBytes: right.answeredBytes + wrong.answeredBytes,
  };
}

/** Connections, one after the other. */
class Connections {
  count = 0;
  answeredBytes = 0;
  readonly #fuzzed: FuzzedBroker;
  #socket: FuzzSocket | null = null;
  #frames = 0;

  constructor(fuzzed: FuzzedBroker) {
    this.#fuzzed = fuzzed;
  }

  send(bytes: Buffer): void {
    if (this.#socket?.destroyed === true || this.#frames >= FRAMES_PER_CONNECTION) this.end();
    if (this.#socket === null) {
      this.#socket = this.#fuzzed.connect();
      this.count += 1;
      this.#frames = 0;
    }
    this.#frames += 1;
    this.#socket.receive(bytes);
  }

  end(): void {
    this.answeredBytes += this.#socket?.answeredBytes ?? 0;
    this.#socket?.destroy();
    this.#socket = null;
  }
}

/** After a recovery every log can be read from its start to its end, every checksum is right, and the healthy topic is whole. */
async function lookAtLogs(files: MemoryFiles, seed: number, healthyEnd: number): Promise<void> {
  const problems: string[] = [];
  const fuzzed = await startFuzzedBroker(files, seed, (message) => problems.push(message));
  const healthy = new HealthyClient(fuzzed, healthyEnd);
  await healthy.readAll();
  await healthy.talk();
  const everything = { ...MetadataRequestDefaults, topics: null, allowAutoTopicCreation: false };
  const { topics } = await healthy.send('Metadata', 9, everything);
  for (const { name, partitions } of topics) {
    // Thousands were asked for, at times; nothing was ever written to most of them.
    for (const { partitionIndex } of partitions.slice(0, PARTITIONS_READ_MAX)) {
      await readPartition(healthy, name!, partitionIndex);
    }
  }
  await fuzzed.broker.close();
  if (problems.length > 0) throw new Error(`after a recovery: ${problems.join('; ')}`);
}
