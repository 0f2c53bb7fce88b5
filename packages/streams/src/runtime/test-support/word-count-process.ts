import { KafkaStreams } from '../kafka-streams.ts';
import { wordCount } from './word-count.ts';

// An application in a process of its own, to be killed: `word-count-process.ts BOOTSTRAP STATE_DIR GUARANTEE [STANDBYS]`.

const [bootstrapServers, stateDir, guarantee, standbys = '0'] = process.argv.slice(2) as [
  string,
  string,
  string,
  string?,
];
const streams = new KafkaStreams(wordCount(), {
  bootstrapServers,
  applicationId: 'app',
  stateDir,
  config: { 'processing.guarantee': guarantee, 'num.standby.replicas': standbys },
  stateStoreCacheMaxBytes: 0,
  commitIntervalMs: 20,
  transactionTimeoutMs: 1_000,
  pollMs: 10,
  sessionTimeoutMs: 1_000,
  heartbeatIntervalMs: 200,
});
await streams.start();
await streams.waitFor('RUNNING');
process.stdout.write('running\n');
