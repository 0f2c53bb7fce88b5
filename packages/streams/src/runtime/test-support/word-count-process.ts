import { KafkaStreams } from '../kafka-streams.ts';
import { wordCount } from './word-count.ts';

// An application in a process of its own, to be killed: `word-count-process.ts BOOTSTRAP STATE_DIR GUARANTEE`.

const [bootstrapServers, stateDir, guarantee] = process.argv.slice(2) as [string, string, string];
const streams = new KafkaStreams(wordCount(), {
  bootstrapServers,
  applicationId: 'app',
  stateDir,
  config: { 'processing.guarantee': guarantee },
  stateStoreCacheMaxBytes: 0,
  commitIntervalMs: 20,
  pollMs: 10,
  sessionTimeoutMs: 1_000,
  heartbeatIntervalMs: 200,
});
await streams.start();
await streams.waitFor('RUNNING');
process.stdout.write('running\n');
