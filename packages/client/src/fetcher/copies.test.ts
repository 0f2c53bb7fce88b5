import { FakeClock } from '@millrace/base/testing';
import {
  type Connection,
  ErrorCode,
  type FetchRequest,
  type FetchResponse,
  type MetadataResponse,
} from '@millrace/protocol';
import { expect, test } from 'vitest';
import { Cluster } from '../cluster/cluster.ts';
import { BrokerLink } from '../connection/broker-link.ts';
import { settingsOf } from '../connection/settings.ts';
import { ScriptedLog } from '../test-support/scripted-log.ts';
import { cursorOver } from './fetched-cursor.ts';
import { Fetcher } from './fetcher.ts';

// Reading from a copy that is nearer than the leader (KIP-392). One node has no copies: the cluster is a script.

const [LEADER, COPY] = [1, 2];
const METADATA_MAX_AGE_MS = 60_000;

/** One log with a leader that names the copy to who comes from its rack, and the copy. */
class TwoNodes {
  readonly log = new ScriptedLog();
  /** Nodes that were asked for records, one after the other. */
  readonly asked: number[] = [];
  copyError: number = ErrorCode.NONE;

  connect(nodeId: number): Connection {
    const connection = this.log.connect();
    const send = async (api: string, version: number, request: object): Promise<unknown> => {
      const answer = await connection.send(api as 'Fetch', version, request as FetchRequest);
      if (api === 'Metadata') return this.#withCopy(answer as unknown as MetadataResponse);
      return api === 'Fetch' ? this.#fetched(nodeId, request as FetchRequest, answer) : answer;
    };
    return { ...connection, isOpen: true, send: send as Connection['send'] };
  }

  #withCopy(answer: MetadataResponse): MetadataResponse {
    const node = { ...answer.brokers[0]!, nodeId: COPY, port: COPY };
    return { ...answer, brokers: [...answer.brokers, node] };
  }

  #fetched(nodeId: number, { rackId }: FetchRequest, answer: FetchResponse): FetchResponse {
    this.asked.push(nodeId);
    const [topic] = answer.responses as [FetchResponse['responses'][0]];
    const [data] = topic.partitions as [(typeof topic.partitions)[0]];
    const isNamed = nodeId === LEADER && rackId === 'near';
    const changed =
      nodeId === COPY && this.copyError !== ErrorCode.NONE
        ? { errorCode: this.copyError, records: null }
        : { preferredReadReplica: isNamed ? COPY : -1, ...(isNamed ? { records: null } : {}) };
    return { ...answer, responses: [{ ...topic, partitions: [{ ...data, ...changed }] }] };
  }
}

function reader(rack: string, nodes: TwoNodes, clock: FakeClock) {
  const settings = settingsOf({
    dial: () => nodes.connect(LEADER),
    clock,
    rack,
    metadataMaxAgeMs: METADATA_MAX_AGE_MS,
  });
  const cluster = new Cluster(
    {
      isLocal: false,
      bootstrap: async () => [{ host: 'scripted', port: LEADER }],
      dial: async ({ port }) => BrokerLink.over(nodes.connect(port)),
    },
    settings,
  );
  const fetcher = new Fetcher(cluster, 'fetcher', { offsetReset: 'earliest' });
  fetcher.assign('scripted', 0, 0);
  const read = async (count: number): Promise<readonly number[]> => {
    const offsets: number[] = [];
    while (offsets.length < count) {
      clock.advance(10);
      await new Promise((resolve) => setImmediate(resolve));
      for (const fetched of await fetcher.poll({ maxWaitMs: 0 })) {
        const cursor = cursorOver(fetched);
        while (cursor.next()) offsets.push(cursor.offset);
      }
    }
    return offsets;
  };
  return { read, close: () => Promise.all([fetcher.close(), cluster.close()]) };
}

function nodesWith(records: number): TwoNodes {
  const nodes = new TwoNodes();
  nodes.log.isPrompt = true;
  for (let at = 0; at < records; at++) nodes.log.append(1);
  return nodes;
}

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, offset) => offset);

test('who comes from the rack of a copy reads from it, and asks the leader anew when its word is old', async () => {
  const nodes = nodesWith(12);
  const clock = new FakeClock();
  const { read, close } = reader('near', nodes, clock);
  expect(await read(12)).toEqual(upTo(12));
  expect(nodes.asked[0]).toBe(LEADER);
  expect(new Set(nodes.asked.slice(1))).toEqual(new Set([COPY]));
  nodes.asked.length = 0;
  clock.advance(METADATA_MAX_AGE_MS);
  // The first of these may have been asked for before.
  for (const offset of [12, 13]) {
    nodes.log.append(1);
    expect(await read(1)).toEqual([offset]);
  }
  expect(nodes.asked.filter((nodeId) => nodeId === LEADER)).toHaveLength(1);
  await close();
});

test('who comes from elsewhere reads from the leader', async () => {
  const nodes = nodesWith(12);
  const { read, close } = reader('', nodes, new FakeClock());
  expect(await read(12)).toEqual(upTo(12));
  expect(new Set(nodes.asked)).toEqual(new Set([LEADER]));
  await close();
});

test.each([ErrorCode.OFFSET_OUT_OF_RANGE, ErrorCode.NOT_LEADER_OR_FOLLOWER])(
  'a copy that cannot answer (error %i) resets nothing: the leader is asked again',
  async (errorCode) => {
    const nodes = nodesWith(12);
    nodes.copyError = errorCode;
    const { read, close } = reader('near', nodes, new FakeClock());
    const reading = read(12);
    while (nodes.asked.filter((nodeId) => nodeId === LEADER).length < 3) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    nodes.copyError = ErrorCode.NONE;
    expect(await reading).toEqual(upTo(12));
    await close();
  },
);
