import { join } from 'node:path';
import { MillraceError } from '@millrace/base';
import type { ApiName, Connection } from '@millrace/protocol';
import { expect, test } from 'vitest';
import { StreamsBuilder } from '../dsl/streams-builder.ts';
import { Serdes } from '../serdes/serdes.ts';
import { Stores } from '../state/store-factories.ts';
import type { StoreSpec } from '../state/store-spec.ts';
import type { KeyValueStore } from '../state/stores.ts';
import { continueOnError, type ProductionHandler } from '../task/handlers.ts';
import type { KafkaStreamsOptions, UncaughtExceptionAnswer } from './config/options.ts';
import { KafkaStreams } from './kafka-streams.ts';
import { eventually, sameTable, TestCluster } from './test-support/cluster.ts';

const strings = Serdes.string();
const longs = Serdes.long();

function copy(options: Partial<KafkaStreamsOptions>, cluster: TestCluster): KafkaStreams {
  const builder = new StreamsBuilder();
  builder.stream('in', { key: strings, value: longs }).to('out', { key: strings, value: longs });
  return new KafkaStreams(builder.build(), {
    ...cluster.wire,
    applicationId: 'app',
    stateDir: join(cluster.folder, 'state'),
    commitIntervalMs: 50,
    pollMs: 20,
    ...options,
  } as KafkaStreamsOptions);
}

const long = (value: number): string => Buffer.from(longs.serialize(value, 'in')).toString('latin1');

test('a paused application processes nothing, keeps its place, and goes on where it was', async () => {
  const cluster = await TestCluster.start('in process');
  await cluster.createTopics({ in: 1, out: 1 });
  await using streams = copy({}, cluster);
  streams.pause();
  expect(streams.isPaused).toBe(true);
  await streams.start();
  await streams.waitFor('RUNNING');
  await cluster.produce('in', [['a', long(1), 1]]);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await cluster.table('out', longs)).toEqual({});
  streams.resume();
  await eventually(async () => sameTable(await cluster.table('out', longs), { a: 1 }), 'the record comes through');
  await streams.close();
  await cluster.close();
});

test('a record that can not be read ends the application, or is passed over if a handler says so', async () => {
  const cluster = await TestCluster.start('in process');
  await cluster.createTopics({ in: 1, out: 1 });
  await cluster.produce('in', [
    ['bad', 'no long', 1],
    ['good', long(2), 2],
  ]);
  await using failing = copy({}, cluster);
  await failing.start();
  await expect(failing.waitFor('NOT_RUNNING')).rejects.toBeDefined();
  await using streams = copy({ handlers: { deserialization: continueOnError } }, cluster);
  await streams.start();
  await eventually(
    async () => sameTable(await cluster.table('out', longs), { good: 2 }),
    'the good record comes through',
  );
  await streams.close();
  await cluster.close();
});

test('a record that can not be read goes to the dead-letter topic with the bytes it came with', async () => {
  const cluster = await TestCluster.start('in process');
  await cluster.createTopics({ in: 1, out: 1, dead: 1 });
  await cluster.produce('in', [['bad', 'no long', 1]]);
  const handlers = { deserialization: continueOnError };
  await using streams = copy({ handlers, config: { 'errors.dead.letter.queue.topic.name': 'dead' } }, cluster);
  await streams.start();
  await eventually(
    async () => sameTable(await cluster.table('dead', strings), { bad: 'no long' }),
    'the dead letter has the bytes of the record',
  );
  await streams.close();
  await cluster.close();
});

/** Ends when a record says so. */
function failing(options: Partial<KafkaStreamsOptions>, cluster: TestCluster, name: string): KafkaStreams {
  const builder = new StreamsBuilder();
  const refuse = (_key: unknown, value: unknown): void => {
    if (value === 'end') throw new Error('as the record says');
  };
  builder.stream('in', { key: strings, value: strings }).peek(refuse).to('out', { key: strings, value: strings });
  return new KafkaStreams(builder.build(), {
    ...cluster.wire,
    applicationId: 'app',
    stateDir: join(cluster.folder, name),
    commitIntervalMs: 50,
    pollMs: 20,
    heartbeatIntervalMs: 50,
    ...options,
  } as KafkaStreamsOptions);
}

test('records that brokers do not take in time are made again from the last commit, if a handler says so', async () => {
  const cluster = await TestCluster.start('in process');
  await cluster.createTopics({ in: 1, out: 1 });
  const dial = cluster.wire.dial!;
  let isRefused = true;
  /** A way to the broker on which no record is delivered for a while. */
  const dialRefusing = async (): Promise<Connection> => {
    const connection = await dial();
    return new Proxy(connection, {
      get: (target, name) => {
        const value = Reflect.get(target, name) as unknown;
        if (typeof value !== 'function') return value;
        if (name !== 'send') return value.bind(target);
        return (api: ApiName, ...rest: unknown[]) => {
          if (api !== 'Produce' || !isRefused) return value.call(target, api, ...rest);
          return Promise.reject(new MillraceError('NOT_ENOUGH_REPLICAS', 'as the test says', { retriable: true }));
        };
      },
    });
  };
  const failures: string[] = [];
  const production: ProductionHandler = (_context, error, topic) => {
    failures.push(`${topic}: ${(error as MillraceError).code}`);
    isRefused = false;
    return { result: 'retry' };
  };
  await using streams = copy({ dial: dialRefusing, deliveryTimeoutMs: 200, handlers: { production } }, cluster);
  await cluster.produce('in', [['a', long(1), 1]]);
  await streams.start();
  await eventually(async () => sameTable(await cluster.table('out', longs), { a: 1 }), 'the record comes through');
  expect(failures).toEqual(['out: TIMED_OUT']);
  expect(streams.state).not.toBe('ERROR');
  await streams.close();
  await cluster.close();
});

test('an instance that fails can end all others, too, through the group', async () => {
  const cluster = await TestCluster.start('in process');
  await cluster.createTopics({ in: 2, out: 1 });
  const uncaughtExceptionHandler = (): UncaughtExceptionAnswer => 'SHUTDOWN_APPLICATION';
  await using one = failing({ uncaughtExceptionHandler }, cluster, 'one');
  await using two = failing({ uncaughtExceptionHandler }, cluster, 'two');
  for (const each of [one, two]) {
    await each.start();
    await each.waitFor('RUNNING');
  }
  await cluster.produce('in', [['a', 'end', 1]]);
  for (const each of [one, two]) await each.waitFor('ERROR');
  // One of them failed; the other was told.
  const codes = [one, two].map(({ failure }) => (failure as MillraceError).code);
  expect(codes.toSorted()).toEqual(['SHUTDOWN_REQUESTED', 'STREAMS_FAILED']);
  await Promise.all([one.close(), two.close()]);
  await cluster.close();
});

test('listeners and handlers are set before the start, or not at all', async () => {
  const cluster = await TestCluster.start('in process');
  await cluster.createTopics({ in: 1, out: 1 });
  await using streams = failing({}, cluster, 'one');
  const states: string[] = [];
  streams.setStateListener((to, from) => states.push(`${from} to ${to}`));
  streams.setUncaughtExceptionHandler(() => 'SHUTDOWN_CLIENT');
  await streams.start();
  expect(() => streams.setUncaughtExceptionHandler(() => 'REPLACE_THREAD')).toThrow('before calling start()');
  expect(() => streams.setStateListener(() => {})).toThrow(expect.objectContaining({ code: 'INVALID_STATE' }));
  await streams.waitFor('RUNNING');
  expect(states).toEqual(['CREATED to REBALANCING', 'REBALANCING to RUNNING']);
  await cluster.produce('in', [['a', 'end', 1]]);
  await streams.waitFor('ERROR');
  await streams.close();
  await cluster.close();
});

test('what fails in a global table is the business of the processing handler only where that is said', async () => {
  const cluster = await TestCluster.start('in process');
  await cluster.createTopics({ in: 1, out: 1, names: 1 });
  await cluster.produce('names', [
    ['a', 'end', 1],
    ['b', 'Bob', 2],
  ]);
  const start = async (options: Partial<KafkaStreamsOptions>): Promise<KafkaStreams> => {
    const builder = new StreamsBuilder();
    const store = Stores.keyValue({ name: 'names', keySerde: strings, valueSerde: strings });
    builder.addGlobalStore<string, string>(
      store as StoreSpec,
      'names',
      () => {
        let names: KeyValueStore<string, string>;
        return {
          init: (context) => {
            names = context.getStateStore('names') as KeyValueStore<string, string>;
          },
          process: ({ key, value }) => {
            if (value === 'end') throw new Error('as the record says');
            names.put(key, value);
          },
        };
      },
      { key: strings, value: strings },
    );
    builder.stream('in', { key: strings, value: strings }).to('out', { key: strings, value: strings });
    const streams = new KafkaStreams(builder.build(), {
      ...cluster.wire,
      applicationId: 'app',
      stateDir: join(cluster.folder, 'state'),
      handlers: { processing: continueOnError },
      ...options,
    } as KafkaStreamsOptions);
    await streams.start();
    return streams;
  };
  await using refused = await start({});
  await expect(refused.waitFor('RUNNING')).rejects.toThrow();
  await refused.close();
  await using handled = await start({ config: { 'processing.exception.handler.global.enabled': 'true' } });
  await handled.waitFor('RUNNING');
  expect(await handled.store<string, string>('names').get('b')).toBe('Bob');
  await handled.close();
  await cluster.close();
});
