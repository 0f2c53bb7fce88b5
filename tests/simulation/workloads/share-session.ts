import type { Wire } from '@millrace/broker/testing';
import { ErrorCode, RecordCursor, type ShareFetchResponse, ZERO_UUID } from '@millrace/protocol';
import type { Place } from '../history.ts';
import { INPUT, OUTPUT } from '../scene.ts';
import { type GivenRecord, type SaidOf, SHARE_GROUP } from '../shared-deliveries.ts';

const HEARTBEAT_VERSION = 1;
const VERSION = 2;
const MAX_WAIT_MS = 300;
const RECORDS_MAX = 100;
const FETCH_BYTES = 1_000_000;
const LEAVE_EPOCH = -1;
const FINAL_EPOCH = -1;
const ACKNOWLEDGE_TYPE = { accept: 1, release: 2, reject: 3 } as const;

export type Said = Place & { readonly type: SaidOf };

/** Whether what was said of a partition's records was taken, or refused; undefined where nobody knows. */
export type Taken = (place: Place) => boolean | undefined;

export type Fetched = { readonly records: readonly GivenRecord[]; readonly isTaken: Taken };

type Partition = { readonly topicId: string; readonly partition: number };

/** One member of the share group on one connection, through raw requests. Null is answered when the session is over. */
export class ShareSession {
  readonly memberId: string;
  readonly #wire: Wire;
  readonly #ids = new Map<string, string>();
  readonly #names = new Map<string, string>();
  #memberEpoch = 0;
  #sessionEpoch = 0;
  #assigned: readonly Partition[] = [];
  #fetchedBefore: readonly Partition[] = [];

  constructor(wire: Wire, memberId: string) {
    this.#wire = wire;
    this.memberId = memberId;
  }

  get hasAssignment(): boolean {
    return this.#assigned.length > 0;
  }

  /** Learns the ids of the topics. */
  async begin(): Promise<true | null> {
    const answer = await this.#wire.send('Metadata', 12, {
      topics: [INPUT, OUTPUT].map((name) => ({ name, topicId: ZERO_UUID })),
      allowAutoTopicCreation: false,
      includeClusterAuthorizedOperations: false,
      includeTopicAuthorizedOperations: false,
    });
    for (const { name, topicId, errorCode } of answer?.topics ?? []) {
      if (errorCode !== 0 || name === null) return null;
      this.#ids.set(name, topicId);
      this.#names.set(topicId, name);
    }
    return answer === null ? null : true;
  }

  /** Joins, and stays. */
  async heartbeat(memberEpoch: number = this.#memberEpoch): Promise<true | null> {
    const answer = await this.#wire.send('ShareGroupHeartbeat', HEARTBEAT_VERSION, {
      groupId: SHARE_GROUP,
      memberId: this.memberId,
      memberEpoch,
      rackId: null,
      subscribedTopicNames: memberEpoch === 0 ? [INPUT, OUTPUT] : null,
    });
    if (answer === null || answer.errorCode !== 0) return null;
    this.#memberEpoch = answer.memberEpoch;
    if (answer.assignment !== null) {
      this.#assigned = answer.assignment.topicPartitions.flatMap(({ topicId, partitions }) =>
        partitions.map((partition) => ({ topicId, partition })),
      );
    }
    return true;
  }

  /** Asks for records, and says what became of others. */
  async fetch(said: readonly Said[] = [], sessionEpoch: number = this.#sessionEpoch): Promise<Fetched | null> {
    const isWanted = (one: Partition): boolean =>
      this.#assigned.some(({ topicId, partition }) => topicId === one.topicId && partition === one.partition);
    const forgotten = this.#fetchedBefore.filter((one) => !isWanted(one));
    const answer = await this.#wire.send('ShareFetch', VERSION, {
      groupId: SHARE_GROUP,
      memberId: this.memberId,
      shareSessionEpoch: sessionEpoch,
      maxWaitMs: MAX_WAIT_MS,
      minBytes: 1,
      maxBytes: FETCH_BYTES,
      maxRecords: RECORDS_MAX,
      batchSize: RECORDS_MAX,
      shareAcquireMode: 0,
      isRenewAck: false,
      topics: sessionEpoch === FINAL_EPOCH ? [] : this.#topics(this.#assigned, said, { partitionMaxBytes: 0 }),
      forgottenTopicsData: forgotten.map(({ topicId, partition }) => ({ topicId, partitions: [partition] })),
    });
    if (answer === null || answer.errorCode !== 0) return null;
    this.#fetchedBefore = this.#assigned;
    this.#sessionEpoch += 1;
    const codes = answer.responses.flatMap(({ topicId, partitions }) =>
      partitions.map((one) => ({ topicId, partition: one.partitionIndex, errorCode: one.acknowledgeErrorCode })),
    );
    return { records: this.#given(answer), isTaken: this.#takenBy(codes) };
  }

  async acknowledge(said: readonly Said[]): Promise<Taken | null> {
    const spokenOf = said.map(({ topic, partition }) => ({ topicId: this.#ids.get(topic)!, partition }));
    const answer = await this.#wire.send('ShareAcknowledge', VERSION, {
      groupId: SHARE_GROUP,
      memberId: this.memberId,
      shareSessionEpoch: this.#sessionEpoch,
      isRenewAck: false,
      topics: this.#topics(spokenOf, said, {}),
    });
    if (answer === null || answer.errorCode !== 0) return null;
    this.#sessionEpoch += 1;
    const codes = answer.responses.flatMap(({ topicId, partitions }) =>
      partitions.map(({ partitionIndex, errorCode }) => ({ topicId, partition: partitionIndex, errorCode })),
    );
    return this.#takenBy(codes);
  }

  /** Gives back what it has, and leaves the group. */
  async leave(): Promise<void> {
    if (this.#sessionEpoch > 0 && (await this.fetch([], FINAL_EPOCH)) === null) return;
    await this.heartbeat(LEAVE_EPOCH);
  }

  #topics<T extends object>(partitions: readonly Partition[], said: readonly Said[], more: T) {
    const wanted = new Map<string, Set<number>>();
    for (const { topicId, partition } of partitions) {
      wanted.set(topicId, (wanted.get(topicId) ?? new Set()).add(partition));
    }
    for (const { topic, partition } of said) {
      const topicId = this.#ids.get(topic)!;
      wanted.set(topicId, (wanted.get(topicId) ?? new Set()).add(partition));
    }
    return [...wanted].map(([topicId, numbers]) => ({
      topicId,
      partitions: [...numbers].map((partitionIndex) => ({
        ...more,
        partitionIndex,
        acknowledgementBatches: said
          .filter(({ topic, partition }) => this.#ids.get(topic) === topicId && partition === partitionIndex)
          .map(({ offset, type }) => ({
            firstOffset: offset,
            lastOffset: offset,
            acknowledgeTypes: [ACKNOWLEDGE_TYPE[type]],
          })),
      })),
    }));
  }

  #takenBy(codes: readonly (Partition & { readonly errorCode: number })[]): Taken {
    return ({ topic, partition }) => {
      const found = codes.find((one) => this.#names.get(one.topicId) === topic && one.partition === partition);
      if (found?.errorCode === ErrorCode.NONE) return true;
      // Other errors are of what could not be stored, and may be there after the broker's death.
      return found?.errorCode === ErrorCode.INVALID_RECORD_STATE ? false : undefined;
    };
  }

  #given({ responses }: ShareFetchResponse): GivenRecord[] {
    return responses.flatMap(({ topicId, partitions }) =>
      partitions.flatMap(({ partitionIndex: partition, records, acquiredRecords }) => {
        const given: GivenRecord[] = [];
        const cursor = new RecordCursor(records ?? new Uint8Array(0), { checkCrcs: true });
        while (cursor.next()) {
          const { offset } = cursor;
          const range = acquiredRecords.find((one) => one.firstOffset <= offset && offset <= one.lastOffset);
          if (range === undefined) continue;
          const value = Buffer.from(cursor.value() ?? []).toString();
          given.push({ topic: this.#names.get(topicId)!, partition, offset, value, count: range.deliveryCount });
        }
        return given;
      }),
    );
  }
}
