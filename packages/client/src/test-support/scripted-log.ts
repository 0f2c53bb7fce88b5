import { MillraceError } from '@millrace/base';
import {
  type ApiName,
  type ApiTypes,
  apis,
  type Connection,
  ErrorCode,
  type FetchRequest,
  FetchResponseDefaults,
  FetchResponseFetchableTopicResponseDefaults,
  FetchResponsePartitionDataDefaults,
  type ListOffsetsRequest,
  ListOffsetsResponseDefaults,
  ListOffsetsResponseListOffsetsPartitionResponseDefaults,
  RecordBatchBuilder,
  setBaseOffset,
} from '@millrace/protocol';
import { scriptedMetadata } from './scripted-metadata.ts';

/** How a request for records ends when it is not answered in order. */
export type Mishap = 'not leader' | 'unknown topic' | 'connection lost';

type Batch = { readonly baseOffset: number; readonly nextOffset: number; readonly bytes: Uint8Array };
type Waiting = { readonly request: FetchRequest; readonly settle: (mishap: Mishap | null) => void };

/** Batches that one answer holds at the most. */
const BATCHES_MAX = 3;

/**
 * A partition of the topic `scripted`, whose answers come when the test says and fail as it says: for orders of events
 * that a real broker takes too rarely. The value of a record is the age of its topic and its offset.
 */
export class ScriptedLog {
  /** Requests for records so far. */
  fetchCount = 0;
  /** From now on answers come by themselves. */
  isPrompt = false;
  #age = 0;
  #batches: Batch[] = [];
  #startOffset = 0;
  #endOffset = 0;
  readonly #waiting: Waiting[] = [];

  /** How often another topic has taken the name. */
  get age(): number {
    return this.#age;
  }

  get startOffset(): number {
    return this.#startOffset;
  }

  get endOffset(): number {
    return this.#endOffset;
  }

  /** Requests that wait for their answers. */
  get waitingCount(): number {
    return this.#waiting.length;
  }

  /** Appends one batch. */
  append(recordCount: number): void {
    const baseOffset = this.#endOffset;
    const builder = new RecordBatchBuilder();
    for (let index = 0; index < recordCount; index++) {
      builder.append(1000, null, Buffer.from(`${this.#age}/${baseOffset + index}`));
    }
    const bytes = builder.build({});
    setBaseOffset(bytes, 0, baseOffset);
    this.#endOffset = baseOffset + recordCount;
    this.#batches.push({ baseOffset, nextOffset: this.#endOffset, bytes });
  }

  /** Deletes the records before an offset. */
  deleteBefore(offset: number): void {
    this.#startOffset = Math.max(this.#startOffset, Math.min(offset, this.#endOffset));
    this.#batches = this.#batches.filter(({ nextOffset }) => nextOffset > this.#startOffset);
  }

  /** Another topic takes the name. */
  makeAnew(): void {
    this.#age++;
    this.#batches = [];
    this.#startOffset = 0;
    this.#endOffset = 0;
  }

  /** Settles one of the requests that wait. */
  settle(index: number, mishap: Mishap | null): void {
    const [waiting] = this.#waiting.splice(index, 1);
    waiting?.settle(mishap);
  }

  connect(): Connection {
    return {
      isOpen: true,
      send: async (api, _version, request) => (await this.#answer(api, request)) as never,
      close: async () => {},
      [Symbol.asyncDispose]: async () => {},
    };
  }

  get #topicId(): string {
    return `topic of age ${this.#age}`;
  }

  async #answer(api: ApiName, request: ApiTypes[ApiName]['request']): Promise<unknown> {
    await new Promise((resolve) => setImmediate(resolve));
    switch (api) {
      case 'ApiVersions': {
        const known = [apis.Fetch, apis.ListOffsets, apis.Metadata, apis.ApiVersions];
        const apiKeys = known.map(({ key, minVersion, maxVersion }) => ({ apiKey: key, minVersion, maxVersion }));
        return { errorCode: 0, apiKeys, finalizedFeatures: [] };
      }
      case 'Metadata':
        return scriptedMetadata(this.#topicId);
      case 'ListOffsets':
        return this.#listOffsets(request as ListOffsetsRequest);
      case 'Fetch':
        return await this.#fetch(request as FetchRequest);
      default:
        throw new Error(`${api} is not scripted`);
    }
  }

  #listOffsets({ topics }: ListOffsetsRequest): unknown {
    const { partitionIndex, timestamp } = topics[0]!.partitions[0]!;
    const answer = {
      ...ListOffsetsResponseListOffsetsPartitionResponseDefaults,
      partitionIndex,
      errorCode: 0,
      offset: timestamp === -2 ? this.#startOffset : this.#endOffset,
    };
    return { ...ListOffsetsResponseDefaults, topics: [{ name: 'scripted', partitions: [answer] }] };
  }

  #fetch(request: FetchRequest): Promise<unknown> {
    this.fetchCount++;
    return new Promise((resolve, reject) => {
      const settle = (mishap: Mishap | null): void => {
        if (mishap === 'connection lost') {
          reject(new MillraceError('CONNECTION_CLOSED', 'the script wants it so', { retriable: true }));
        } else resolve(this.#fetched(request, mishap));
      };
      if (this.isPrompt) settle(null);
      else this.#waiting.push({ request, settle });
    });
  }

  #fetched({ topics }: FetchRequest, mishap: Mishap | null): unknown {
    const [{ topicId, partitions }] = topics as [FetchRequest['topics'][0]];
    const { partition, fetchOffset } = partitions[0]!;
    const first = this.#batches.findIndex(({ nextOffset }) => nextOffset > fetchOffset);
    const found = first < 0 ? [] : this.#batches.slice(first, first + BATCHES_MAX);
    const errorCode = this.#errorOf(topicId, fetchOffset, mishap);
    const data = {
      ...FetchResponsePartitionDataDefaults,
      partitionIndex: partition,
      errorCode,
      highWatermark: this.#endOffset,
      lastStableOffset: this.#endOffset,
      logStartOffset: this.#startOffset,
      abortedTransactions: null,
      records: errorCode === ErrorCode.NONE ? Uint8Array.from(Buffer.concat(found.map(({ bytes }) => bytes))) : null,
    };
    const topic = { ...FetchResponseFetchableTopicResponseDefaults, topicId, partitions: [data] };
    return { ...FetchResponseDefaults, throttleTimeMs: 0, errorCode: 0, sessionId: 0, responses: [topic] };
  }

  #errorOf(topicId: string, fetchOffset: number, mishap: Mishap | null): number {
    if (topicId !== this.#topicId || mishap === 'unknown topic') return ErrorCode.UNKNOWN_TOPIC_ID;
    if (mishap === 'not leader') return ErrorCode.NOT_LEADER_OR_FOLLOWER;
    const isInside = fetchOffset >= this.#startOffset && fetchOffset <= this.#endOffset;
    return isInside ? ErrorCode.NONE : ErrorCode.OFFSET_OUT_OF_RANGE;
  }
}
