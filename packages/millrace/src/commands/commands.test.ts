import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@millrace/client';
import { afterAll, expect, test } from 'vitest';
import { onEachKafka } from '../test-support/kafkas.ts';
import { testSecurityTools } from '../test-support/security-tools.ts';

const folder = mkdtempSync(join(tmpdir(), 'millrace-tools-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

type Partition = { readonly topic: string; readonly partition: number };

/** What Apache Kafka's controller has taken, its broker applies a moment later; on a busy machine a long one. */
const PATIENCE = { timeout: 20_000 };

onEachKafka((kafka) => {
  testSecurityTools(kafka);
  const { run, runWith } = kafka;
  const topicOf = async (prefix: string, ...more: readonly string[]): Promise<string> => {
    const topic = kafka.name(prefix);
    expect(await run('topics', 'create', topic, '--partitions', '1', ...more)).toMatchObject({ code: 0, err: '' });
    return topic;
  };
  const produce = (topic: string, lines: string, ...more: readonly string[]) =>
    runWith({ stdin: lines }, 'produce', topic, ...more);
  const consumeAll = (topic: string, ...more: readonly string[]) =>
    run('consume', topic, '--from-beginning', '--until-end', ...more);

  test('a topic is created, listed, described, changed and deleted', async () => {
    const topic = kafka.name('made');
    const set = ['--partitions', '2', '--set', 'retention.ms=60000'];
    expect(await run('topics', 'create', topic, ...set, '--dry-run')).toMatchObject({ code: 0 });
    expect((await run('topics', 'list')).out.split('\n')).not.toContain(topic);
    expect(await run('topics', 'create', topic, ...set)).toMatchObject({ code: 0, out: `Created ${topic}\n` });
    expect((await run('topics', 'list')).out.split('\n')).toContain(topic);
    await run('topics', 'alter', topic, '--partitions', '3', '--unset', 'retention.ms', '--set', 'segment.ms=70000');
    const described = await run('topics', 'describe', topic, '--json');
    expect(described.json()).toMatchObject([
      { name: topic, configs: { 'segment.ms': '70000' }, partitions: [{ partition: 0 }, {}, { partition: 2 }] },
    ]);
    expect((await run('topics', 'describe', topic)).out).toContain('segment.ms=70000');
    expect(await run('topics', 'create', topic, '--if-not-exists')).toMatchObject({ code: 0 });
    expect(await run('topics', 'create', topic)).toMatchObject({
      code: 1,
      err: expect.stringContaining('already exists'),
    });
    expect((await run('topics', 'delete', topic, '--json')).json()).toEqual({ deleted: [topic] });
    expect(await run('topics', 'delete', topic)).toMatchObject({ code: 1 });
    expect(await run('topics', 'delete', topic, '--if-exists')).toMatchObject({ code: 0 });
  });

  test('what consume --json prints, produce --format json writes again, byte for byte', async () => {
    const [from, to] = [await topicOf('from'), await topicOf('to')];
    const records = [
      { key: 'k', value: 'with\nline and\ttab', timestamp: 1_700_000_000_000, headers: [{ key: 'h', value: 'x' }] },
      { key: { base64: '//4=' }, value: { base64: 'gA==' }, timestamp: 1_700_000_000_001, headers: [] },
      { key: null, value: '', timestamp: 1_700_000_000_002, headers: [{ key: '', value: null }] },
      { key: '\ufeffmarked', value: null, timestamp: 1_700_000_000_003, headers: [] },
    ];
    const lines = records.map((record) => `${JSON.stringify(record)}\n`).join('');
    expect(await produce(from, lines, '--format', 'json', '--json')).toMatchObject({ code: 0, err: '' });
    const first = await consumeAll(from, '--json');
    expect(
      first.out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toMatchObject(records);
    await produce(to, first.out, '--format', 'json', '--compression', 'zstd');
    expect((await consumeAll(to, '--json')).out.replaceAll(to, from)).toBe(first.out);
  });

  test('lines of text carry keys, headers and nulls, and are shown in parts', async () => {
    const topic = await topicOf('text');
    const lines = 'a:1,b:x\tkey1=value=1\r\n\tkey2=NULL\n';
    expect(await produce(topic, lines, '--key-separator', '=', '--headers', '--null-marker', 'NULL')).toMatchObject({
      code: 0,
      out: `Produced 2 records to ${topic}\n`,
    });
    const shown = await consumeAll(topic, '--show', 'offset,headers,key,value', '--separator', '|');
    expect(shown.out).toBe('0|a:1,b:x|key1|value=1\n1||key2|null\n');
    expect((await consumeAll(topic, '--show', 'key', '--key-as', 'hex')).out).toBe('6b657931\n6b657932\n');
  });

  test('a line that is wrong is named, and what stood before it is delivered', async () => {
    const topic = await topicOf('wrong');
    const failed = await produce(topic, 'a:1\nb:2\nbroken\nc:3\n', '--key-separator', ':');
    expect(failed).toMatchObject({ code: 1, err: expect.stringMatching(/line 3: ":" is missing/) });
    expect((await consumeAll(topic)).out).toBe('1\n2\n');
    const notJson = await produce(topic, '{"value":"3"}\n{"value":4}\n', '--format', 'json');
    expect(notJson).toMatchObject({ code: 1, err: expect.stringContaining('line 2: value must be text, null or') });
    const tooLarge = await produce(topic, `x\n${'y'.repeat(2_000_000)}\n`);
    expect(tooLarge).toMatchObject({ code: 1, err: expect.stringContaining('line 2') });
    expect(await produce(kafka.name('missing'), 'x\n')).toMatchObject({
      code: 1,
      err: expect.stringContaining('UNKNOWN_TOPIC_OR_PARTITION'),
    });
  });

  test('reading begins and ends where it is told to', async () => {
    const topic = await topicOf('places');
    const records = Array.from({ length: 10 }, (_, n) =>
      JSON.stringify({ value: `${n}`, timestamp: 1_000 + n * 1_000 }),
    );
    await produce(topic, records.join('\n'), '--format', 'json');
    const read = async (...more: readonly string[]) => (await run('consume', topic, ...more)).out.split('\n').join(' ');
    expect(await read('--from-beginning', '--max-messages', '3')).toBe('0 1 2 ');
    expect(await read('--offset', '7', '--until-end')).toBe('7 8 9 ');
    expect(await read('--offset', '-2', '--until-end')).toBe('8 9 ');
    expect(await read('--from-time', '9000', '--until-end')).toBe('8 9 ');
    expect(await read('--from-time', '2026-01-01', '--timeout-ms', '300')).toBe('');
    expect(await run('consume', `${topic}:1`, '--until-end')).toMatchObject({
      code: 1,
      err: expect.stringContaining('the topic has only partition 0'),
    });
  });

  test('a share group is told of, begins elsewhere, forgets and is deleted', async () => {
    const topic = await topicOf('shared');
    const group = kafka.name('workers');
    await produce(topic, '0\n1\n2\n3\n4\n');
    await using client = new Client({ bootstrapServers: kafka.bootstrap() });
    await client.admin.alterShareGroupOffsets(group, [{ topic, partition: 0, offset: 1 }]);
    const lag = async () => (await run('groups', 'describe', group, '--json')).json<unknown[]>()[0];
    await expect
      .poll(lag, PATIENCE)
      .toMatchObject({ partitions: [{ topic, committedOffset: 1, endOffset: 5, lag: 4 }] });
    expect((await run('groups', 'list', '--type', 'share')).out).toContain(group);
    expect((await run('groups', 'state', group, '--json')).json()).toMatchObject([
      { state: 'Empty', groupType: 'share', assignor: 'simple', memberCount: 0 },
    ]);
    const back = ['reset-offsets', group, '--topic', topic, '--to-latest'];
    expect((await run('groups', ...back)).out).toContain('Nothing was changed');
    expect((await run('groups', ...back, '--execute', '--json')).json()).toMatchObject({
      offsets: [{ from: 1, to: 5 }],
    });
    await expect.poll(lag, PATIENCE).toMatchObject({ partitions: [{ committedOffset: 5, lag: 0 }] });
    expect(await run('groups', 'delete-offsets', group, '--topic', `${topic}:0`)).toMatchObject({
      code: 2,
      err: expect.stringContaining('as a whole'),
    });
    expect(await run('groups', 'delete-offsets', group, '--topic', topic)).toMatchObject({ code: 0 });
    await expect.poll(lag, PATIENCE).toMatchObject({ partitions: [] });
    expect(await run('groups', 'delete', group)).toMatchObject({ code: 0 });
    expect((await run('groups', 'list')).out).not.toContain(group);
  });

  test('a group goes on behind what was printed, and its lag is told', async () => {
    const topic = await topicOf('grouped');
    const group = kafka.name('readers');
    await produce(topic, '0\n1\n2\n3\n4\n');
    const asGroup = ['--group', group, '--from-beginning'];
    expect((await run('consume', topic, ...asGroup, '--max-messages', '2')).out).toBe('0\n1\n');
    expect((await run('groups', 'describe', group, '--json')).json()).toMatchObject([
      {
        groupId: group,
        state: 'Empty',
        partitions: [{ topic, partition: 0, committedOffset: 2, endOffset: 5, lag: 3 }],
      },
    ]);
    expect((await run('consume', topic, ...asGroup, '--max-messages', '3')).out).toBe('2\n3\n4\n');
    expect((await run('groups', 'list', '--state', 'Empty')).out).toContain(group);
    expect((await run('groups', 'state', group, '--json')).json()).toMatchObject([{ state: 'Empty', memberCount: 0 }]);
    expect(await run('groups', 'delete-offsets', group, '--topic', topic)).toMatchObject({ code: 0 });
    await run('groups', 'delete', group);
    expect((await run('groups', 'list')).out).not.toContain(group);
  });

  test.each(['classic', 'consumer'])(
    'a reader that is interrupted ends in good order, in a %s group',
    async (protocol) => {
      const topic = await topicOf('interrupted');
      const group = kafka.name('interrupted-group');
      await produce(topic, 'x\ny\n');
      const end = new AbortController();
      const running = runWith(
        { signal: end.signal },
        ...(['consume', topic, '--group', group, '--group-protocol', protocol, '--from-beginning'] as const),
      );
      type Lag = readonly { readonly partitions: readonly { readonly memberId: string | null }[] }[];
      await expect
        .poll(
          async () =>
            (await run('groups', 'describe', group, '--json')).json<Lag>()[0]?.partitions[0]?.memberId ?? null,
          PATIENCE,
        )
        .not.toBe(null);
      expect((await run('groups', 'members', group, '--json')).json()).toMatchObject([{ members: [{}] }]);
      expect((await run('groups', 'state', group, '--json')).json()).toMatchObject([
        { groupType: protocol, memberCount: 1 },
      ]);
      expect(await run('groups', 'reset-offsets', group, '--topic', topic, '--to-earliest')).toMatchObject({
        code: 1,
        err: expect.stringContaining('NON_EMPTY_GROUP'),
      });
      end.abort('interrupted');
      expect(await running).toMatchObject({ code: 0, out: 'x\ny\n' });
      expect((await run('groups', 'describe', group, '--json')).json()).toMatchObject([
        { state: 'Empty', partitions: [{ committedOffset: 2, lag: 0 }] },
      ]);
    },
  );

  test('offsets of a group are reset to each kind of place, first as a dry run', async () => {
    const topic = await topicOf('reset');
    const group = kafka.name('reset-group');
    const records = Array.from({ length: 10 }, (_, n) =>
      JSON.stringify({ value: `${n}`, timestamp: 1_000 + n * 1_000 }),
    );
    await produce(topic, records.join('\n'), '--format', 'json');
    const reset = async (...how: readonly string[]) => {
      const args = ['reset-offsets', group, '--topic', topic, ...how];
      const planned = (await run('groups', ...args, '--json')).json<{
        offsets: readonly { from: number; to: number }[];
      }>();
      const done = (await run('groups', ...args, '--execute', '--json')).json<typeof planned>();
      expect(done.offsets).toEqual(planned.offsets);
      return done.offsets.map(({ from, to }) => [from, to]);
    };
    expect(await reset('--to-latest')).toEqual([[null, 10]]);
    expect(await reset('--to-offset', '4')).toEqual([[10, 4]]);
    expect(await reset('--shift-by', '-3')).toEqual([[4, 1]]);
    expect(await reset('--shift-by', '100')).toEqual([[1, 10]]);
    expect(await reset('--to-datetime', '1970-01-01T00:00:06')).toEqual([[10, 5]]);
    expect(await reset('--by-duration', 'PT1H')).toEqual([[5, 10]]);
    expect(await reset('--to-earliest')).toEqual([[10, 0]]);
    const plan = await run('groups', 'reset-offsets', group, '--all-topics', '--shift-by', '6', '--export');
    expect(plan.out).toBe(`"${topic}",0,6\n`);
    const back = ['reset-offsets', group, '--from-file', file('plan.csv', plan.out), '--execute'];
    expect((await run('groups', ...back)).out).toMatch(/ 0 +6\n/);
    const broken = file('broken.csv', `${topic},0,1\n${topic};0;2\n`);
    expect(await run('groups', 'reset-offsets', group, '--from-file', broken)).toMatchObject({
      code: 2,
      err: expect.stringContaining('broken.csv:2:'),
    });
  });

  test('an application is reset: its inputs are read again, its own topics deleted, and nothing else', async () => {
    const topic = await topicOf('reset-input');
    const app = kafka.name('reset-app');
    await produce(topic, '0\n1\n2\n');
    const own = [`${app}-counts-changelog`, `${app}-words-repartition`];
    for (const name of [...own, `${app}-changelogs`]) await run('topics', 'create', name, '--partitions', '1');
    await run('groups', 'reset-offsets', app, '--topic', topic, '--to-latest', '--execute');
    const reset = ['streams-reset', app, '--input-topics', topic] as const;
    const told = { offsets: [{ topic, partition: 0, from: 3, to: 0 }], deletedTopics: own };
    expect((await run(...reset, '--json')).json()).toEqual({ applicationId: app, isDryRun: true, ...told });
    expect((await run(...reset)).out).toContain(`Would delete ${own[0]}\n`);
    const all = async () => (await run('topics', 'list')).out.split('\n');
    expect(await all()).toEqual(expect.arrayContaining(own));
    expect(await run(...reset, '--internal-topics', topic)).toMatchObject({
      code: 2,
      err: expect.stringContaining('is no internal topic of'),
    });
    expect((await run(...reset, '--execute', '--json')).json()).toEqual({
      applicationId: app,
      isDryRun: false,
      ...told,
    });
    await expect.poll(all, PATIENCE).not.toEqual(expect.arrayContaining([own[0]]));
    expect(await all()).toContain(`${app}-changelogs`);
    expect((await run('groups', 'describe', app, '--json')).json()).toMatchObject([
      { partitions: [{ topic, committedOffset: 0, lag: 3 }] },
    ]);
  });

  test('members of an application that is reset are thrown out only by force', async () => {
    const topic = await topicOf('reset-live');
    const app = kafka.name('reset-live-app');
    await produce(topic, 'x\n');
    await using client = new Client({ bootstrapServers: kafka.bootstrap() });
    await using member = client.groupMember({
      groupId: app,
      topics: [topic],
      listener: { onAssigned: () => {}, onRevoked: () => {} },
    });
    await member.join();
    const reset = ['streams-reset', app, '--input-topics', topic, '--execute'] as const;
    expect(await run(...reset)).toMatchObject({ code: 1, err: expect.stringContaining('NON_EMPTY_GROUP') });
    expect(await run(...reset, '--force', '--to-latest')).toMatchObject({ code: 0 });
    expect((await run('groups', 'describe', app, '--json')).json()).toMatchObject([
      { partitions: [{ committedOffset: 1 }] },
    ]);
  });

  test('offsets are told by place and time, and records below one are deleted', async () => {
    const topic = await topicOf('offsets');
    await produce(topic, '0\n1\n2\n');
    const at = async (...more: readonly string[]) =>
      (await run('offsets', topic, '--json', ...more)).json<readonly (Partition & { offset: number | null })[]>();
    expect(await at()).toMatchObject([{ topic, partition: 0, offset: 3 }]);
    expect((await run('delete-records', `${topic}:0:2`, '--json')).json()).toEqual([
      { topic, partition: 0, lowWatermark: 2 },
    ]);
    expect(await at('--time', 'earliest')).toMatchObject([{ offset: 2 }]);
    expect(await at('--time', '2999-01-01')).toMatchObject([{ offset: null }]);
    const list = file('delete.json', JSON.stringify({ version: 1, partitions: [{ topic, partition: 0, offset: -1 }] }));
    expect((await run('delete-records', '--from-file', list)).out).toMatch(/0 +3\n/);
  });

  test('configs of topics and brokers are told and changed', async () => {
    const topic = await topicOf('configs', '--set', 'retention.ms=60000');
    expect((await run('configs', 'describe', 'topics', topic, '--json')).json()).toMatchObject([
      { name: 'retention.ms', value: '60000', source: 'topic' },
    ]);
    await run('configs', 'alter', 'topic', topic, '--set', 'segment.ms=70000', '--unset', 'retention.ms');
    expect((await run('configs', 'describe', 'topic', topic)).out).toMatch(/^CONFIG.*\nsegment.ms +70000 +topic\n$/);
    await run('configs', 'delete', 'topic', topic, 'segment.ms');
    expect((await run('configs', 'describe', 'topic', topic, '--json')).json()).toEqual([]);
    expect((await run('configs', 'describe', 'topic', topic, '--all')).out).toContain('cleanup.policy');
    expect(await run('configs', 'alter', 'topic', topic, '--set', 'retention.ms=soon')).toMatchObject({
      code: 1,
      err: expect.stringContaining('retention.ms'),
    });
    await run('configs', 'alter', 'broker', '1', '--set', 'log.cleaner.threads=2');
    const ofBroker = async () => (await run('configs', 'describe', 'broker', '1')).out;
    await expect.poll(ofBroker, PATIENCE).toMatch(/log.cleaner.threads +2 +broker/);
    await run('configs', 'delete', 'broker', '1', 'log.cleaner.threads');
  });

  test('cluster, data folders and features are told', async () => {
    const topic = await topicOf('stored');
    const [host, port] = kafka.bootstrap().split(':');
    expect((await run('cluster', '--json')).json()).toMatchObject({ nodes: [{ host, port: Number(port) }] });
    const dirs = (await run('log-dirs', '--topic', topic, '--json')).json<
      readonly { partitions: readonly Partition[] }[]
    >();
    expect(dirs.flatMap(({ partitions }) => partitions)).toMatchObject([{ topic, partition: 0, sizeBytes: 0 }]);
    expect((await run('features', 'describe')).out).toMatch(/^FEATURE/);
  });

  test('transactions are listed; what does not hang is not found to', async () => {
    const topic = await topicOf('transactions');
    await produce(topic, 'x\n');
    expect(await run('transactions', 'list', '--state', 'Ongoing', '--json')).toMatchObject({ code: 0, out: '[]\n' });
    const producers = (await run('transactions', 'producers', topic, '--json')).json<
      readonly { producers: unknown[] }[]
    >();
    expect(producers[0]!.producers).toMatchObject([{ transactionStartOffset: null, lastSequence: 0 }]);
    const none = await run('transactions', 'find-hanging', '--topic', topic, '--max-timeout', '0s', '--json');
    expect(none).toMatchObject({ code: 0, out: '[]\n' });
    expect(await run('transactions', 'describe', kafka.name('nobody'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('TRANSACTIONAL_ID_NOT_FOUND'),
    });
    expect(await run('transactions', 'abort', '--partition', `${topic}:0`, '--start-offset', '0')).toMatchObject({
      code: 1,
      err: expect.stringContaining('no transaction'),
    });
  });

  test('a transaction is ended in its partition by where it begins, for readers that wait', async () => {
    const topic = await topicOf('held-back');
    await using client = new Client({ bootstrapServers: kafka.bootstrap() });
    const transactionalId = kafka.name('writer');
    await using producer = client.transactionalProducer({ transactionalId });
    await producer.initTransactions();
    producer.begin();
    await producer.send({ topic, value: 'never committed' });
    expect((await run('transactions', 'describe', transactionalId, '--json')).json()).toMatchObject([
      { transactionalId, state: 'Ongoing', partitions: [{ topic, partition: 0 }] },
    ]);
    // Its coordinator knows it: it hangs for nobody.
    const hanging = await run('transactions', 'find-hanging', '--topic', topic, '--max-timeout', '0s', '--json');
    expect(hanging.json()).toEqual([]);
    const stable = async () =>
      (await run('offsets', topic, '--isolation', 'read_committed', '--json')).json<readonly { offset: number }[]>()[0]!
        .offset;
    expect(await stable()).toBe(0);
    expect(await run('transactions', 'abort', '--partition', `${topic}:0`, '--start-offset', '0')).toMatchObject({
      code: 0,
    });
    expect(await stable()).toBe(2);
    expect((await consumeAll(topic, '--isolation', 'read_committed')).out).toBe('');
    expect((await consumeAll(topic)).out).toBe('never committed\n');
  });
});
