// Visits of a web site as session windows, on the embedded broker: each is sent once, when half an hour has passed.
import { parseArgs } from 'node:util';
import { Broker } from 'millrace/broker';
import { Client } from 'millrace/client';
import { KafkaStreams, Serdes } from 'millrace/streams';
import { visitSerde, visits } from './topology.ts';

/** That are over when the last click comes. */
const VISITS = 4;

/** Time of day, user, page. A click of eve comes late, within the grace period; the last click ends all visits. */
const CLICKS = [
  ['09:00', 'ada', 'home'],
  ['09:05', 'bob', 'home'],
  ['09:10', 'ada', 'shoes'],
  ['09:20', 'eve', 'cart'],
  ['09:19', 'eve', 'home'],
  ['09:50', 'ada', 'home'],
  ['12:00', 'zoe', 'home'],
] as const;

const { values: options } = parseArgs({ options: { bootstrap: { type: 'string' } } });
await using broker = options.bootstrap === undefined ? await Broker.start() : null;
const bootstrapServers = options.bootstrap ?? broker!.bootstrapServers;
await using client = new Client({ bootstrapServers });
await client.admin.createTopics([{ name: 'clicks', configs: { 'retention.ms': '-1' } }, { name: 'visits' }], {
  ignoreExisting: true,
});

await using producer = client.producer();
const encode = (text: string) => Serdes.string().serialize(text, 'clicks');
for (const [time, user, page] of CLICKS) {
  producer.append('clicks', 0, encode(user), encode(page), Date.parse(`2026-01-01T${time}:00Z`));
}
await producer.flush();

await using app = new KafkaStreams(visits(), {
  applicationId: 'visits',
  bootstrapServers,
  commitIntervalMs: 100,
  // By default a look at what has closed is taken once a second, and the next record after it: here none comes.
  emitIntervalMs: 0,
});
await app.start();

let printed = 0;
for await (const { key, value } of client.consumer({ groupId: 'reader', topics: 'visits', offsetReset: 'earliest' })) {
  const { clicks, pages } = visitSerde.deserialize(value!, 'visits');
  console.log(`${Serdes.string().deserialize(key!, 'visits')}: ${clicks} on ${pages.join(', ')}`);
  if (++printed === VISITS) break;
}
