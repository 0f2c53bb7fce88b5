import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasJava, kafkaJars, runJava } from '../support/java.ts';
import { type BrokerProcess, startBrokerProcess, titled } from '../support/millrace-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// Kafka's own command line tools against `millrace broker`. Each starts a Java machine, which takes about a second: the
// tests of the first group are always run, those of the second by `npm run kafka-tools`.

const jars = kafkaJars();
const canRun = jars !== null && hasJava();
const NEEDS = 'a JDK and the jars of ../shared/kafka';
const runsAll = process.env.MILLRACE_ALL_KAFKA_TOOLS !== undefined;
const TIMEOUT_MS = 120_000;

// These programs end before it pays to compile them well.
process.env.JDK_JAVA_OPTIONS = '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC';

const TOOLS = 'org.apache.kafka.tools';
const CLASSES = {
  acls: `${TOOLS}.AclCommand`,
  apiVersions: `${TOOLS}.BrokerApiVersionsCommand`,
  cluster: `${TOOLS}.ClusterTool`,
  configs: 'kafka.admin.ConfigCommand',
  consoleConsumer: `${TOOLS}.consumer.ConsoleConsumer`,
  consoleProducer: `${TOOLS}.ConsoleProducer`,
  consumerPerformance: `${TOOLS}.ConsumerPerformance`,
  deleteRecords: `${TOOLS}.DeleteRecordsCommand`,
  dumpLog: `${TOOLS}.DumpLogSegments`,
  elections: `${TOOLS}.LeaderElectionCommand`,
  features: `${TOOLS}.FeatureCommand`,
  groups: `${TOOLS}.consumer.group.ConsumerGroupCommand`,
  listGroups: `${TOOLS}.GroupsCommand`,
  logDirs: `${TOOLS}.LogDirsCommand`,
  offsets: `${TOOLS}.GetOffsetShell`,
  producerPerformance: `${TOOLS}.ProducerPerformance`,
  quorum: `${TOOLS}.MetadataQuorumCommand`,
  topics: `${TOOLS}.TopicCommand`,
  transactions: `${TOOLS}.TransactionsCommand`,
  verifiableConsumer: `${TOOLS}.VerifiableConsumer`,
  verifiableProducer: `${TOOLS}.VerifiableProducer`,
} as const;

type Tool = keyof typeof CLASSES;

const folder = temporaryFolder();
const data = join(folder.path, 'data');
let broker: BrokerProcess;

beforeAll(async () => {
  const authorizer = 'authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer';
  const settings = [
    '--set',
    authorizer,
    '--set',
    'super.users=User:ANONYMOUS',
    '--set',
    'log.index.interval.bytes=1024',
  ];
  if (canRun) broker = await startBrokerProcess('--data', data, ...settings);
});

afterAll(async () => {
  await broker?.stop();
  folder[Symbol.dispose]();
});

const tool = (name: Tool, args: readonly string[], input = ''): Promise<string> =>
  runJava(jars!, CLASSES[name], ['--bootstrap-server', broker.bootstrap, ...args], input);

/** Rows of a table, by white space. */
const rows = (printed: string): string[][] =>
  printed
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((cells) => cells[0] !== '');

/** A file of a partition; none before its first record. */
function filesOf(partition: string, suffix: string): string[] {
  const home = join(data, partition);
  return readdirSync(home)
    .filter((name) => name.endsWith(suffix))
    .map((name) => join(home, name));
}

describe.skipIf(!canRun)(titled("Kafka's tools against `millrace broker`", canRun, NEEDS), () => {
  test(
    'TopicCommand creates, describes and grows a topic; ConfigCommand changes and describes its configs',
    async () => {
      await tool('topics', ['--create', '--topic', 'made', '--partitions', '2', '--config', 'retention.ms=100000']);
      await tool('topics', ['--alter', '--topic', 'made', '--partitions', '3']);
      const topic = ['--entity-type', 'topics', '--entity-name', 'made'];
      await tool('configs', [
        '--alter',
        ...topic,
        '--add-config',
        'segment.ms=70000',
        '--delete-config',
        'retention.ms',
      ]);
      const described = await tool('topics', ['--describe', '--topic', 'made']);
      expect(described).toMatch(/PartitionCount: 3\s+ReplicationFactor: 1\s+Configs: \S*segment.ms=70000/);
      expect(await tool('configs', ['--describe', ...topic])).toContain('segment.ms=70000');
    },
    TIMEOUT_MS,
  );

  test(
    'what ConsoleProducer wrote ConsoleConsumer reads; ConsumerGroupCommand resets its offsets, GetOffsetShell tells the ends',
    async () => {
      await tool('topics', ['--create', '--topic', 'console', '--partitions', '1']);
      const withKeys = ['--reader-property', 'parse.key=true', '--reader-property', 'key.separator=:'];
      await tool('consoleProducer', ['--topic', 'console', ...withKeys], 'k1:v1\nk2:v2\nk3:v3\n');
      const group = ['--topic', 'console', '--group', 'console-group'];
      const read = ['--from-beginning', '--max-messages', '3', '--formatter-property', 'print.key=true'];
      expect(await tool('consoleConsumer', [...group, ...read])).toBe('k1\tv1\nk2\tv2\nk3\tv3\n');
      const reset = ['--reset-offsets', ...group, '--shift-by', '-2'];
      expect(rows(await tool('groups', [...reset, '--dry-run']))).toContainEqual([
        'console-group',
        'console',
        '0',
        '1',
      ]);
      await tool('groups', [...reset, '--execute']);
      const [, row] = rows(await tool('groups', ['--describe', '--group', 'console-group']));
      expect(row!.slice(0, 6)).toEqual(['console-group', 'console', '0', '1', '3', '2']);
      expect(await tool('offsets', ['--topic', 'console'])).toBe('console:0:3\n');
    },
    TIMEOUT_MS,
  );

  test(
    'ProducerPerformance writes as fast as it can, and all of it arrives',
    async () => {
      await tool('topics', ['--create', '--topic', 'perf', '--partitions', '1']);
      const load = ['--topic', 'perf', '--num-records', '5000', '--record-size', '100', '--throughput', '-1'];
      const properties = ['--command-property', `bootstrap.servers=${broker.bootstrap}`, 'batch.size=2000'];
      const printed = await runJava(jars!, CLASSES.producerPerformance, [...load, ...properties]);
      expect(printed).toContain('5000 records sent');
      expect(await tool('offsets', ['--topic', 'perf'])).toBe('perf:0:5000\n');
    },
    TIMEOUT_MS,
  );

  test(
    'AclCommand adds and lists rules, TransactionsCommand finds nothing that hangs',
    async () => {
      const rule = ['--allow-principal', 'User:alice', '--consumer', '--topic', 'made', '--group', 'readers'];
      await tool('acls', ['--add', ...rule]);
      const listed = await tool('acls', ['--list', '--principal', 'User:alice']);
      expect(listed).toContain('operation=READ, permissionType=ALLOW');
      expect(listed).toContain('resourceType=GROUP, name=readers');
      const [headings, ...found] = rows(await tool('transactions', ['find-hanging', '--broker-id', '1']));
      expect([headings![0], found]).toEqual(['Topic', []]);
    },
    TIMEOUT_MS,
  );
});

const canRunAll = canRun && runsAll;
const wanting = canRun ? 'npm run kafka-tools' : NEEDS;

describe.skipIf(!canRunAll)(titled("Kafka's other tools against `millrace broker`", canRunAll, wanting), () => {
  test(
    'VerifiableProducer and VerifiableConsumer lose and repeat nothing',
    async () => {
      await tool('topics', ['--create', '--topic', 'verified', '--partitions', '2']);
      const sent = await tool('verifiableProducer', ['--topic', 'verified', '--max-messages', '500', '--acks', '-1']);
      expect(sent).toContain('"sent":500,"acked":500');
      for (const protocol of ['classic', 'consumer']) {
        const group = ['--group-protocol', protocol, '--group-id', `verified-${protocol}`];
        const read = ['--topic', 'verified', '--max-messages', '500', '--reset-policy', 'earliest', '--verbose'];
        const printed = await tool('verifiableConsumer', [...group, ...read]);
        const values = printed.match(/"name":"record_data".*?"value":"(\d+)"/g) ?? [];
        expect(new Set(values.map((line) => /"value":"(\d+)"/.exec(line)![1])).size).toBe(500);
      }
    },
    TIMEOUT_MS,
  );

  test(
    'ConsumerPerformance reads what ProducerPerformance wrote in transactions',
    async () => {
      await tool('topics', ['--create', '--topic', 'transactional', '--partitions', '1']);
      const load = ['--topic', 'transactional', '--num-records', '2000', '--record-size', '100', '--throughput', '-1'];
      const properties = [
        '--command-property',
        `bootstrap.servers=${broker.bootstrap}`,
        '--transaction-duration-ms',
        '50',
      ];
      await runJava(jars!, CLASSES.producerPerformance, [...load, ...properties]);
      const read = await tool('consumerPerformance', [
        '--topic',
        'transactional',
        '--num-records',
        '2000',
        '--hide-header',
      ]);
      expect(Number(read.trim().split(', ')[4])).toBeGreaterThanOrEqual(2000);
      expect(await tool('transactions', ['list'])).toContain('CompleteCommit');
      const partition = ['--topic', 'transactional', '--partition', '0'];
      expect(rows(await tool('transactions', ['describe-producers', ...partition]))[1]!.at(-1)).toBe('None');
    },
    TIMEOUT_MS,
  );

  test(
    'ConfigCommand sets SCRAM credentials, quotas, and configs of brokers and groups',
    async () => {
      const users = ['--entity-type', 'users', '--entity-name', 'alice'];
      await tool('configs', ['--alter', ...users, '--add-config', 'SCRAM-SHA-256=[password=secret]']);
      await tool('configs', ['--alter', ...users, '--add-config', 'producer_byte_rate=1048576']);
      const described = await tool('configs', ['--describe', ...users]);
      expect(described).toContain('producer_byte_rate=1048576.0');
      expect(described).toContain('SCRAM-SHA-256=iterations=4096');
      const ofBroker = ['--entity-type', 'brokers', '--entity-name', '1'];
      await tool('configs', ['--alter', ...ofBroker, '--add-config', 'log.cleaner.threads=2']);
      expect(await tool('configs', ['--describe', ...ofBroker])).toContain('log.cleaner.threads=2');
      const ofGroup = ['--entity-type', 'groups', '--entity-name', 'a-group'];
      await tool('configs', ['--alter', ...ofGroup, '--add-config', 'consumer.session.timeout.ms=50000']);
      expect(await tool('configs', ['--describe', ...ofGroup])).toContain('consumer.session.timeout.ms=50000');
    },
    TIMEOUT_MS,
  );

  test(
    'DeleteRecordsCommand, LogDirsCommand and GetOffsetShell agree',
    async () => {
      await tool('topics', ['--create', '--topic', 'shortened', '--partitions', '1']);
      await tool('consoleProducer', ['--topic', 'shortened'], 'a\nb\nc\n');
      const json = join(folder.path, 'delete.json');
      writeFileSync(
        json,
        JSON.stringify({ partitions: [{ topic: 'shortened', partition: 0, offset: 2 }], version: 1 }),
      );
      expect(await tool('deleteRecords', ['--offset-json-file', json])).toContain('low_watermark: 2');
      expect(await tool('offsets', ['--topic', 'shortened', '--time', 'earliest'])).toBe('shortened:0:2\n');
      expect(await tool('logDirs', ['--describe', '--topic-list', 'shortened'])).toContain('"partition":"shortened-0"');
    },
    TIMEOUT_MS,
  );

  test(
    'cluster, features, quorum, versions, groups and elections are answered as one broker of Kafka would',
    async () => {
      const cluster = await runJava(jars!, CLASSES.cluster, ['cluster-id', '--bootstrap-server', broker.bootstrap]);
      expect(cluster).toMatch(/Cluster ID: \S{22}/);
      expect(await tool('features', ['describe'])).toMatch(/transaction\.version.*FinalizedVersionLevel: 2/);
      expect(await tool('quorum', ['describe', '--status'])).toMatch(/LeaderId:\s+1/);
      expect(await tool('apiVersions', [])).toMatch(/Produce\(0\): 3 to 13 \[usable: 13\]/);
      expect(rows(await tool('listGroups', ['--list']))[0]).toEqual(['GROUP', 'TYPE', 'PROTOCOL']);
      await tool('topics', ['--create', '--topic', 'elected', '--partitions', '1']);
      const preferred = ['--election-type', 'PREFERRED', '--topic', 'elected', '--partition', '0'];
      expect(await tool('elections', preferred)).toContain('elected-0');
    },
    TIMEOUT_MS,
  );
});

describe.skipIf(!canRun)(titled('the files that `millrace broker` leaves', canRun, NEEDS), () => {
  beforeAll(() => broker.stop());

  test(
    'DumpLogSegments finds log and indexes of a partition in order, and records of groups in the offsets topic',
    async () => {
      const files = ['.log', '.index', '.timeindex'].flatMap((suffix) => filesOf('perf-0', suffix));
      const dump = ['--files', files.join(','), '--deep-iteration'];
      const [entries, sanity] = await Promise.all([
        runJava(jars!, CLASSES.dumpLog, dump),
        runJava(jars!, CLASSES.dumpLog, [...dump, '--index-sanity-check']),
      ]);
      expect(entries.match(/\| offset: /g)).toHaveLength(5000);
      expect(entries).not.toContain('isvalid: false');
      expect(entries.match(/^offset: \d+ position: \d+/gm)!.length).toBeGreaterThan(10);
      expect(sanity.match(/passed sanity check/g)).toHaveLength(2);
      const offsets = readdirSync(data).filter((name) => name.startsWith('__consumer_offsets-'));
      const logs = offsets.flatMap((name) => filesOf(name, '.log')).join(',');
      const decoded = await runJava(jars!, CLASSES.dumpLog, ['--offsets-decoder', '--files', logs]);
      expect(decoded).toContain('key: {"type":"1","data":{"group":"console-group","topic":"console","partition":0}}');
    },
    TIMEOUT_MS,
  );
});
