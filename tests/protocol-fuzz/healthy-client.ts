import { fetchRequest } from '@millrace/broker/testing';
import {
  type ApiName,
  type ApiTypes,
  apis,
  MetadataRequestDefaults,
  Reader,
  RecordBatchBuilder,
  RecordCursor,
  ZERO_UUID,
} from '@millrace/protocol';
import { encodeFrame, sized } from './frames.ts';
import type { FuzzSocket } from './fuzz-socket.ts';
import type { FuzzedBroker } from './fuzzed-broker.ts';

const TOPIC = 'healthy';
const GROUP = 'healthy-group';
const TURNS_MAX = 10_000;

/** A client that minds its own business beside the fuzzed connections: its answers must be what they always are. */
export class HealthyClient {
  readonly #fuzzed: FuzzedBroker;
  readonly #socket: FuzzSocket;
  readonly #answers: Buffer[] = [];
  #correlationId = 0;
  #nextOffset: number;

  constructor(fuzzed: FuzzedBroker, nextOffset: number) {
    this.#fuzzed = fuzzed;
    this.#nextOffset = nextOffset;
    this.#socket = fuzzed.connect((frame) => this.#answers.push(Buffer.from(frame)));
  }

  get nextOffset(): number {
    return this.#nextOffset;
  }

  async makeTopic(): Promise<void> {
    await this.send('Metadata', 9, { ...MetadataRequestDefaults, topics: [{ topicId: ZERO_UUID, name: TOPIC }] });
  }

  /** The APIs that the broker serves. */
  async served(): Promise<ApiTypes['ApiVersions']['response']['apiKeys']> {
    const answer = await this.send('ApiVersions', 3, { clientSoftwareName: 'fuzz', clientSoftwareVersion: '1' });
    return answer.apiKeys;
  }

  /** The id of a topic; the zero id for one that does not exist. */
  async topicId(name: string): Promise<string> {
    const topics = [{ topicId: ZERO_UUID, name }];
    const answer = await this.send('Metadata', 10, {
      ...MetadataRequestDefaults,
      topics,
      allowAutoTopicCreation: true,
    });
    return answer.topics[0]!.topicId;
  }

  /** Writes, reads back, commits and reads that back. @throws Error when an answer is not what it must be. */
  async talk(): Promise<void> {
    const offset = this.#nextOffset++;
    const value = `healthy ${offset}`;
    const builder = new RecordBatchBuilder();
    builder.append(this.#fuzzed.clock.wallMs(), null, Buffer.from(value));
    const produced = await this.send('Produce', 9, {
      transactionalId: null,
      acks: -1,
      timeoutMs: 1000,
      topicData: [{ name: TOPIC, topicId: ZERO_UUID, partitionData: [{ index: 0, records: builder.build() }] }],
    });
    same(produced.responses[0]!.partitionResponses[0]!.errorCode, 0, 'the error of a produce');
    same(produced.responses[0]!.partitionResponses[0]!.baseOffset, offset, 'the offset of a produce');
    same((await this.#read(offset))[0], value, 'what was read back');
    const partition = { partitionIndex: 0, committedOffset: offset, committedLeaderEpoch: -1, committedMetadata: '' };
    const committed = await this.send('OffsetCommit', 5, {
      groupId: GROUP,
      generationIdOrMemberEpoch: -1,
      memberId: '',
      groupInstanceId: null,
      retentionTimeMs: -1,
      topics: [{ name: TOPIC, topicId: ZERO_UUID, partitions: [partition] }],
    });
    same(committed.topics[0]!.partitions[0]!.errorCode, 0, 'the error of a commit');
    const topics = [{ name: TOPIC, partitionIndexes: [0] }];
    const fetched = await this.send('OffsetFetch', 5, { groupId: GROUP, topics, groups: [], requireStable: false });
    same(fetched.topics[0]!.partitions[0]!.committedOffset, offset, 'the committed offset');
  }

  /** Reads everything that it ever wrote. @throws Error when something is missing or changed. */
  async readAll(): Promise<void> {
    let offset = 0;
    while (offset < this.#nextOffset) {
      const values = await this.#read(offset);
      if (values.length === 0) throw new Error(`nothing is read of the healthy topic at ${offset}`);
      for (const value of values) same(value, `healthy ${offset++}`, 'a record of the healthy topic');
    }
  }

  async send<A extends ApiName>(
    name: A,
    version: number,
    message: ApiTypes[A]['request'],
  ): Promise<ApiTypes[A]['response']> {
    const codec = apis[name];
    this.#socket.receive(sized(encodeFrame(name, version, message, ++this.#correlationId)));
    for (let turn = 0; this.#answers.length === 0; turn++) {
      if (this.#socket.destroyed) throw new Error(`the connection of a healthy client was closed at a ${name}`);
      if (turn > TURNS_MAX) throw new Error(`a healthy ${name} is not answered`);
      await new Promise((resolve) => void setImmediate(resolve));
      this.#fuzzed.clock.advance(1);
    }
    const reader = new Reader(this.#answers.shift()!);
    same(reader.int32(), this.#correlationId, 'the correlation id of an answer');
    if (codec.responseHeaderVersion(version) >= 1) reader.skipTaggedFields();
    return codec.decodeResponse(reader, version);
  }

  async #read(offset: number): Promise<string[]> {
    const answer = await this.send('Fetch', 11, fetchRequest(TOPIC, 0, offset));
    const data = answer.responses[0]!.partitions[0]!;
    same(data.errorCode, 0, 'the error of a fetch');
    const cursor = new RecordCursor(data.records!, { fromOffset: offset, checkCrcs: true });
    const values: string[] = [];
    while (cursor.next()) values.push(Buffer.from(cursor.value() ?? []).toString());
    return values;
  }
}

function same(found: unknown, expected: unknown, what: string): void {
  if (found !== expected) throw new Error(`${what} is ${String(found)}, not ${String(expected)}`);
}
