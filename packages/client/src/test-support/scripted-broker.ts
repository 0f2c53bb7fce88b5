import {
  type ApiName,
  type ApiTypes,
  type Connection,
  type ProduceRequest,
  ProduceResponseDefaults,
  ProduceResponsePartitionProduceResponseDefaults,
  ProduceResponseTopicProduceResponseDefaults,
  type RecordBatchHeader,
  readBatchHeader,
  verifyCrc,
} from '@millrace/protocol';
import { scriptedMetadata } from './scripted-metadata.ts';

/** What the broker says to one produced batch; an offset is not of interest here. */
export type ProduceVerdict = (header: RecordBatchHeader) => number;

const PRODUCER_ID = 7;
const TOPIC_ID = 'u4RH5D5sQwmMmV6MVnhMzA';

/**
 * A broker that answers produce requests as a test wants: for what a real one does too rarely to wait for. It has one
 * topic, `scripted`, with one partition, and remembers every batch with a copy of its bytes.
 */
export class ScriptedBroker {
  readonly batches: { readonly header: RecordBatchHeader; readonly bytes: Uint8Array; readonly copy: Uint8Array }[] =
    [];
  readonly #verdict: ProduceVerdict;

  constructor(verdict: ProduceVerdict) {
    this.#verdict = verdict;
  }

  /** Each batch as producer epoch, first sequence and record count. */
  get sequences(): readonly string[] {
    return this.batches.map(({ header }) => `${header.producerEpoch}/${header.baseSequence}+${header.recordCount}`);
  }

  connect(): Connection {
    return {
      isOpen: true,
      // Answers come a turn later, as those of a socket do.
      send: async (api, _version, request) => {
        await new Promise((resolve) => setImmediate(resolve));
        return this.#answer(api, request) as never;
      },
      close: async () => {},
      [Symbol.asyncDispose]: async () => {},
    };
  }

  #answer(api: ApiName, request: ApiTypes[ApiName]['request']): unknown {
    switch (api) {
      case 'ApiVersions':
        return {
          errorCode: 0,
          apiKeys: [0, 3, 18, 22].map((apiKey) => ({ apiKey, minVersion: 0, maxVersion: 9 })),
          finalizedFeatures: [],
        };
      case 'Metadata':
        return scriptedMetadata(TOPIC_ID);
      case 'InitProducerId':
        return { errorCode: 0, producerId: PRODUCER_ID, producerEpoch: 0 };
      case 'Produce':
        return this.#produce(request as ProduceRequest);
      default:
        throw new Error(`${api} is not scripted`);
    }
  }

  #produce(request: ProduceRequest): unknown {
    const bytes = request.topicData[0]!.partitionData[0]!.records!;
    const header = readBatchHeader(bytes);
    if (!verifyCrc(bytes)) throw new Error('a batch came with a wrong checksum');
    this.batches.push({ header, bytes, copy: Uint8Array.from(bytes) });
    const answer = {
      ...ProduceResponsePartitionProduceResponseDefaults,
      index: 0,
      errorCode: this.#verdict(header),
      baseOffset: header.baseSequence,
    };
    const topic = { ...ProduceResponseTopicProduceResponseDefaults, name: 'scripted', partitionResponses: [answer] };
    return { ...ProduceResponseDefaults, responses: [topic] };
  }
}
