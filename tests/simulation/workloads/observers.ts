import { Wire } from '@millrace/broker/testing';
import { committedOnly } from '@millrace/client';
import { ErrorCode, errorName, type FetchResponsePartitionData, RecordCursor } from '@millrace/protocol';
import { partitionsToFetch } from '../checks/fetch-partitions.ts';
import { placeKey } from '../history.ts';
import { type ClientProcess, INPUT, OUTPUT, PARTITIONS, type Scene } from '../scene.ts';

/** The newest version that names topics and tells of divergence (KIP-595). */
const FETCH_VERSION = 12;
const ANSWER_TIMEOUT_MS = 4_000;
const MAX_WAIT_MS = 300;

export type Seen = { readonly offset: number; readonly epoch: number; readonly value: string };

/** What a reader knows of a partition: what it saw and was not told to forget. */
export class Knowledge {
  readonly topic: string;
  readonly partition: number;
  readonly seen: Seen[] = [];
  nextOffset = 0;
  lastEpoch = -1;
  highWatermark = -1;

  constructor(topic: string, partition: number) {
    this.topic = topic;
    this.partition = partition;
  }

  /** The log ends here for the epoch that we read last: what lies behind is not there any more. */
  forgetFrom(offset: number): number {
    const index = this.seen.findIndex((one) => one.offset >= offset);
    const forgotten = index < 0 ? 0 : this.seen.length - index;
    if (index >= 0) this.seen.length = index;
    this.nextOffset = Math.min(this.nextOffset, offset);
    this.lastEpoch = this.seen.at(-1)?.epoch ?? -1;
    this.highWatermark = -1;
    return forgotten;
  }
}

export type Isolation = 'uncommitted' | 'committed';

export type Observer = { readonly isolation: Isolation; readonly partitions: readonly Knowledge[] };

/** A reader that remembers everything it was ever shown, through raw requests: what it saw must stay. */
export function startObserver(scene: Scene, isolation: Isolation): Observer {
  const partitions = [INPUT, OUTPUT].flatMap((topic) =>
    Array.from({ length: PARTITIONS }, (_, partition) => new Knowledge(topic, partition)),
  );
  const process = scene.process(`observer-${isolation}`);
  void observe(scene, process, { isolation, partitions });
  return { isolation, partitions };
}

async function observe(scene: Scene, process: ClientProcess, observer: Observer): Promise<void> {
  for (;;) {
    const socket = scene.connect(process);
    const wire = new Wire(socket);
    socket.setTimeout(ANSWER_TIMEOUT_MS, () => socket.destroy());
    while (await fetchOnce(scene, wire, observer)) await process.sleep(scene.world.between(0, 100));
    wire.destroy();
    await process.sleep(scene.world.between(50, 500));
  }
}

async function fetchOnce(scene: Scene, wire: Wire, { isolation, partitions }: Observer): Promise<boolean> {
  const answer = await wire.send('Fetch', FETCH_VERSION, {
    ...partitionsToFetch(partitions, MAX_WAIT_MS),
    isolationLevel: isolation === 'committed' ? 1 : 0,
  });
  if (answer === null) return false;
  for (const topic of answer.responses) {
    for (const data of topic.partitions) {
      const known = partitions.find((one) => one.topic === topic.topic && one.partition === data.partitionIndex);
      if (known !== undefined) learn(scene, known, data, isolation);
    }
  }
  return true;
}

function learn(scene: Scene, known: Knowledge, data: FetchResponsePartitionData, isolation: Isolation): void {
  const { history } = scene;
  const where = placeKey(known);
  if (data.errorCode !== 0) {
    history.count(`fetch errors ${errorName(data.errorCode)}`);
    if (data.errorCode === ErrorCode.OFFSET_OUT_OF_RANGE) {
      history.violate(
        `a reader of ${where} was told that offset ${known.nextOffset} is out of range, not where it diverged`,
      );
      known.forgetFrom(0);
    }
    return;
  }
  if (data.divergingEpoch.endOffset >= 0) {
    const { epoch, endOffset } = data.divergingEpoch;
    const forgotten = known.forgetFrom(endOffset);
    history.count('divergences');
    scene.world.tell(
      'observer',
      `is told that ${where} diverged in epoch ${epoch} at ${endOffset}: forgets ${forgotten}`,
    );
    if (!scene.plan.isLossy && forgotten > 0)
      history.violate(`${forgotten} records of ${where} that were read were taken back`);
    return;
  }
  checkHighWatermark(scene, known, data);
  const batches: Seen[] = [];
  const records = data.records ?? new Uint8Array(0);
  const accept =
    isolation === 'committed'
      ? { acceptBatch: committedOnly({ abortedTransactions: data.abortedTransactions ?? [] }) }
      : {};
  const everything = new RecordCursor(records, { fromOffset: known.nextOffset, includeControl: true, checkCrcs: true });
  let nextOffset = known.nextOffset;
  let epoch = known.lastEpoch;
  while (everything.next()) {
    nextOffset = everything.batch.lastOffset + 1;
    epoch = everything.batch.partitionLeaderEpoch;
  }
  const visible = new RecordCursor(records, { fromOffset: known.nextOffset, ...accept });
  while (visible.next()) {
    const value = Buffer.from(visible.value() ?? []).toString();
    batches.push({ offset: visible.offset, epoch: visible.batch.partitionLeaderEpoch, value });
  }
  const limit = isolation === 'committed' ? data.lastStableOffset : data.highWatermark;
  if (nextOffset > limit)
    history.violate(`a reader of ${where} was shown offset ${nextOffset - 1}, the end is ${limit}`);
  history.count(`records seen ${isolation}`, batches.length);
  known.seen.push(...batches);
  known.nextOffset = nextOffset;
  known.lastEpoch = epoch;
}

function checkHighWatermark(scene: Scene, known: Knowledge, data: FetchResponsePartitionData): void {
  const where = placeKey(known);
  const { highWatermark, lastStableOffset } = data;
  if (!scene.plan.isLossy && highWatermark < known.highWatermark) {
    scene.history.violate(`the high watermark of ${where} went back from ${known.highWatermark} to ${highWatermark}`);
  }
  if (lastStableOffset > highWatermark) {
    scene.history.violate(
      `the last stable offset of ${where} is ${lastStableOffset}, above the high watermark ${highWatermark}`,
    );
  }
  known.highWatermark = highWatermark;
}
