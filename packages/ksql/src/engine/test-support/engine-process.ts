import { readFileSync } from 'node:fs';
import { KsqlEngine } from '../ksql-engine.ts';

// An engine in a process of its own, to be killed: `engine-process.ts BOOTSTRAP STATE_DIR STATEMENTS_FILE GUARANTEE`.

const [bootstrapServers, stateDir, file, guarantee] = process.argv.slice(2) as [string, string, string, string];
const engine = await KsqlEngine.start({
  bootstrapServers,
  stateDir,
  serviceId: 'killed_',
  config: {
    'processing.guarantee': guarantee,
    'auto.offset.reset': 'earliest',
    'commit.interval.ms': '20',
    'poll.ms': '10',
    'session.timeout.ms': '1000',
    'heartbeat.interval.ms': '200',
  },
});
await engine.execute(readFileSync(file, 'utf8'));
process.stdout.write('running\n');
