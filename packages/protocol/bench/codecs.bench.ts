/**
 * How fast the codecs are, one core: `node packages/protocol/bench/codecs.bench.ts`.
 * Prints operations a second, the best of some rounds; an operation is one whole message, without sockets.
 */
import {
  type Api,
  type ApiName,
  type ApiTypes,
  apis,
  FetchRequestDefaults,
  FetchRequestFetchPartitionDefaults,
  FetchRequestFetchTopicDefaults,
  FetchResponseDefaults,
  FetchResponseFetchableTopicResponseDefaults,
  FetchResponsePartitionDataDefaults,
  MetadataResponseBrokerDefaults,
  MetadataResponseDefaults,
  MetadataResponsePartitionDefaults,
  MetadataResponseTopicDefaults,
  ProduceRequestDefaults,
  ProduceRequestTopicProduceDataDefaults,
  ProduceResponseDefaults,
  ProduceResponsePartitionProduceResponseDefaults,
  ProduceResponseTopicProduceResponseDefaults,
  Reader,
  Writer,
} from '@millrace/protocol';

const ROUNDS = 5;
const ROUND_MS = 200;
const BATCH_BYTES = 16 * 1024;
const PARTITIONS = 8;
const TOPICS = 100;

const partitions = Array.from({ length: PARTITIONS }, (_, index) => index);
const batch = new Uint8Array(BATCH_BYTES).fill(1);
const topicId = 'u4RH5D5sQwmMmV6MVnhMzA';

const produceRequest: ApiTypes['Produce']['request'] = {
  ...ProduceRequestDefaults,
  acks: -1,
  timeoutMs: 30_000,
  topicData: [
    {
      ...ProduceRequestTopicProduceDataDefaults,
      name: 'flights-by-airport',
      partitionData: partitions.map((index) => ({ index, records: batch })),
    },
  ],
};

const produceResponse: ApiTypes['Produce']['response'] = {
  ...ProduceResponseDefaults,
  responses: [
    {
      ...ProduceResponseTopicProduceResponseDefaults,
      name: 'flights-by-airport',
      partitionResponses: partitions.map((index) => ({
        ...ProduceResponsePartitionProduceResponseDefaults,
        index,
        errorCode: 0,
        baseOffset: 123_456_789,
        logStartOffset: 0,
      })),
    },
  ],
};

const fetchRequest: ApiTypes['Fetch']['request'] = {
  ...FetchRequestDefaults,
  maxWaitMs: 500,
  minBytes: 1,
  topics: [
    {
      ...FetchRequestFetchTopicDefaults,
      topicId,
      partitions: partitions.map((partition) => ({
        ...FetchRequestFetchPartitionDefaults,
        partition,
        fetchOffset: 123_456_789,
        partitionMaxBytes: 1_048_576,
      })),
    },
  ],
};

const fetchResponse: ApiTypes['Fetch']['response'] = {
  ...FetchResponseDefaults,
  responses: [
    {
      ...FetchResponseFetchableTopicResponseDefaults,
      topicId,
      partitions: partitions.map((partitionIndex) => ({
        ...FetchResponsePartitionDataDefaults,
        partitionIndex,
        errorCode: 0,
        highWatermark: 123_456_999,
        lastStableOffset: 123_456_999,
        logStartOffset: 0,
        abortedTransactions: null,
        records: batch,
      })),
    },
  ],
};

const metadataResponse: ApiTypes['Metadata']['response'] = {
  ...MetadataResponseDefaults,
  clusterId: '5L6g3nShT-eMCtK--X86sw',
  controllerId: 1,
  brokers: [{ ...MetadataResponseBrokerDefaults, nodeId: 1, host: 'broker-1.example.org', port: 9092 }],
  topics: Array.from({ length: TOPICS }, (_, index) => ({
    ...MetadataResponseTopicDefaults,
    errorCode: 0,
    name: `flights-by-airport-${index}`,
    topicId,
    partitions: partitions.map((partitionIndex) => ({
      ...MetadataResponsePartitionDefaults,
      errorCode: 0,
      partitionIndex,
      leaderId: 1,
      replicaNodes: [1],
      isrNodes: [1],
    })),
  })),
};

function bench<N extends ApiName>(name: N, version: number, message: ApiTypes[N], what: string): void {
  const api: Api<N> = apis[name];
  const requests = toBytes((writer) => api.encodeRequest(writer, version, message.request));
  const responses = toBytes((writer) => api.encodeResponse(writer, version, message.response));
  print(
    `${name} v${version} request, encode`,
    what,
    () => void finish((w) => api.encodeRequest(w, version, message.request)),
  );
  print(`${name} v${version} request, decode`, what, () => void api.decodeRequest(new Reader(requests), version));
  print(
    `${name} v${version} response, encode`,
    what,
    () => void finish((w) => api.encodeResponse(w, version, message.response)),
  );
  print(`${name} v${version} response, decode`, what, () => void api.decodeResponse(new Reader(responses), version));
}

function toBytes(write: (writer: Writer) => void): Uint8Array {
  const writer = new Writer();
  write(writer);
  return writer.toBytes();
}

function finish(write: (writer: Writer) => void): Uint8Array[] {
  const writer = new Writer();
  write(writer);
  return writer.finish();
}

function print(name: string, what: string, operation: () => void): void {
  let best = 0;
  for (let round = 0; round < ROUNDS; round++) best = Math.max(best, operationsPerSecond(operation));
  console.log(`${name.padEnd(36)} ${Math.round(best).toLocaleString('en').padStart(12)} ops/s   ${what}`);
}

function operationsPerSecond(operation: () => void): number {
  const start = performance.now();
  let count = 0;
  let elapsed = 0;
  while (elapsed < ROUND_MS) {
    for (let index = 0; index < 100; index++) operation();
    count += 100;
    elapsed = performance.now() - start;
  }
  return (count / elapsed) * 1000;
}

const perBatch = `${PARTITIONS} partitions, ${BATCH_BYTES / 1024} KiB each`;
bench('Produce', 9, { request: produceRequest, response: produceResponse }, perBatch);
bench('Fetch', 13, { request: fetchRequest, response: fetchResponse }, perBatch);
const request: ApiTypes['Metadata']['request'] = {
  topics: null,
  allowAutoTopicCreation: false,
  includeClusterAuthorizedOperations: false,
  includeTopicAuthorizedOperations: false,
};
bench('Metadata', 12, { request, response: metadataResponse }, `${TOPICS} topics of ${PARTITIONS} partitions`);
