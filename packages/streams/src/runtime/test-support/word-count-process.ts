import { KafkaStreams } from '../kafka-streams.ts';
import { wordCount } from './word-count.ts';

// An application in a process of its own, to be killed: `word-count-process.ts BOOTSTRAP STATE_DIR`.

const [bootstrapServers, stateDir] = process.argv.slice(2) as [string, string];
const streams = new KafkaStreams(wordCount(), {
  bootstrapServers,
  applicationId: 'app',
  stateDir,
  commitIntervalMs: 20,
  pollMs: 10,
  sessionTimeoutMs: 1_000,
  heartbeatIntervalMs: 200,
});
await streams.start();
await streams.waitFor('RUNNING');
process.stdout.write('running\n');
