// An application as users start it, over the installed packages: BOOTSTRAP INPUT OUTPUT APPLICATION_ID STATE_DIR.
import { KafkaStreams, Serdes, StreamsBuilder } from '@millrace/streams';

const [bootstrapServers, input, output, applicationId, stateDir] = process.argv.slice(2);
const builder = new StreamsBuilder();
builder
  .stream(input, { key: Serdes.string(), value: Serdes.json() })
  .filter((_user, view) => view.cents >= 5000)
  .mapValues((view) => ({ user: view.user, page: view.page, euros: view.cents / 100 }))
  .to(output, { key: Serdes.string(), value: Serdes.json() });

const streams = new KafkaStreams(builder.build(), { bootstrapServers, applicationId, stateDir });
process.once('SIGTERM', () => streams.close());
await streams.start();
