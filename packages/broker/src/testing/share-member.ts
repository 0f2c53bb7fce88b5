import type { Connection } from '@millrace/protocol';
import {
  RecordCursor,
  type ShareAcknowledgeResponse,
  type ShareFetchRequest,
  type ShareFetchResponse,
  type ShareGroupHeartbeatResponse,
} from '@millrace/protocol';

const VERSION = 2;
const BYTES = 1_000_000;

/** A record that a member was given. */
export type GivenRecord = {
  readonly partition: number;
  readonly offset: number;
  readonly value: string;
  readonly deliveryCount: number;
};

/** Offsets with one type of acknowledgement for all, or one for each. */
export type SaidBatch = readonly [first: number, last: number, ...types: number[]];

export type AcknowledgeOptions = {
  readonly partition?: number;
  readonly isRenewAck?: boolean;
  readonly epoch?: number;
};

/** The client's side of a share group, one request at a time, always of one topic. */
export class TestShareMember {
  readonly id: string;
  readonly #groupId: string;
  readonly #topicId: string;
  readonly #connection: Connection;
  /** Of the next request of its session; 0 begins one. */
  epoch = 0;

  private constructor(groupId: string, id: string, topicId: string, connection: Connection) {
    this.#groupId = groupId;
    this.id = id;
    this.#topicId = topicId;
    this.#connection = connection;
  }

  /** A member on a connection of its own. */
  static async connect(
    broker: { connect(): Promise<Connection> },
    member: { readonly groupId: string; readonly id: string; readonly topicId: string },
  ): Promise<TestShareMember> {
    return new TestShareMember(member.groupId, member.id, member.topicId, await broker.connect());
  }

  async heartbeat(memberEpoch: number, topics: readonly string[] | null = null): Promise<ShareGroupHeartbeatResponse> {
    const member = { groupId: this.#groupId, memberId: this.id, rackId: null };
    return await this.#connection.send('ShareGroupHeartbeat', 1, {
      ...member,
      memberEpoch,
      subscribedTopicNames: topics,
    });
  }

  /** Fetches from these partitions, or, in a session, from those of before; answers all. */
  async fetch(
    more: Partial<ShareFetchRequest> = {},
    partitions: readonly number[] = [0],
    said: readonly SaidBatch[] = [],
  ): Promise<ShareFetchResponse> {
    const epoch = more.shareSessionEpoch ?? this.epoch;
    const isNamed = epoch === 0 || said.length > 0;
    const topic = {
      topicId: this.#topicId,
      partitions: partitions.map((partitionIndex) => {
        return { partitionIndex, partitionMaxBytes: 0, acknowledgementBatches: batchesOf(said) };
      }),
    };
    const answer = await this.#connection.send('ShareFetch', VERSION, {
      groupId: this.#groupId,
      memberId: this.id,
      shareSessionEpoch: epoch,
      maxWaitMs: 0,
      minBytes: 1,
      maxBytes: BYTES,
      maxRecords: 500,
      batchSize: 500,
      shareAcquireMode: 0,
      isRenewAck: false,
      topics: isNamed ? [topic] : [],
      forgottenTopicsData: [],
      ...more,
    });
    if (answer.errorCode === 0) this.epoch = epoch === -1 ? 0 : epoch + 1;
    return answer;
  }

  /** The records that a fetch gives. */
  async take(more: Partial<ShareFetchRequest> = {}, partitions?: readonly number[]): Promise<GivenRecord[]> {
    return givenRecords(await this.fetch(more, partitions));
  }

  async acknowledge(
    said: readonly SaidBatch[],
    { partition = 0, isRenewAck = false, epoch = this.epoch }: AcknowledgeOptions = {},
  ): Promise<ShareAcknowledgeResponse> {
    const answer = await this.#connection.send('ShareAcknowledge', VERSION, {
      groupId: this.#groupId,
      memberId: this.id,
      shareSessionEpoch: epoch,
      isRenewAck,
      topics: [
        {
          topicId: this.#topicId,
          partitions: [{ partitionIndex: partition, acknowledgementBatches: batchesOf(said) }],
        },
      ],
    });
    if (answer.errorCode === 0) this.epoch = epoch === -1 ? 0 : epoch + 1;
    return answer;
  }

  /** Its connection breaks. */
  async disconnect(): Promise<void> {
    await this.#connection.close();
  }
}

/** What a fetch gave, each record with how often it was delivered. */
function givenRecords({ responses }: ShareFetchResponse): GivenRecord[] {
  return responses.flatMap(({ partitions }) =>
    partitions.flatMap(({ partitionIndex: partition, records, acquiredRecords }) => {
      const given: GivenRecord[] = [];
      const cursor = new RecordCursor(records ?? new Uint8Array(0));
      while (cursor.next()) {
        const { offset } = cursor;
        const range = acquiredRecords.find(
          ({ firstOffset, lastOffset }) => firstOffset <= offset && offset <= lastOffset,
        );
        if (range === undefined) continue;
        const value = Buffer.from(cursor.value() ?? '').toString();
        given.push({ partition, offset, value, deliveryCount: range.deliveryCount });
      }
      return given;
    }),
  );
}

function batchesOf(said: readonly SaidBatch[]) {
  return said.map(([firstOffset, lastOffset, ...acknowledgeTypes]) => ({ firstOffset, lastOffset, acknowledgeTypes }));
}
