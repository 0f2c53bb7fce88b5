// Word count, fed and read by kafkajs: what people have stays as it is, and the stream processing comes beside it.
import { Kafka, type KafkaConfig, logLevel } from 'kafkajs';
import { Broker } from 'millrace/broker';
import { fromKafkaJs } from 'millrace/client';
import { KafkaStreams, Serdes, StreamsBuilder } from 'millrace/streams';

const LINES = ['all streams lead to kafka', 'hello kafka streams', 'join kafka summit'];

await using broker = await Broker.start({ port: 0 });
// The configuration that an application already has; Millrace takes the same.
const config: KafkaConfig = { clientId: 'words', brokers: [broker.bootstrapServers], logLevel: logLevel.NOTHING };
const kafka = new Kafka(config);

const admin = kafka.admin();
await admin.connect();
await admin.createTopics({ topics: [{ topic: 'lines' }, { topic: 'word-counts' }], waitForLeaders: false });
await admin.disconnect();

const builder = new StreamsBuilder();
builder
  .stream('lines', { key: Serdes.string(), value: Serdes.string() })
  .flatMapValues((line) => line.split(' '))
  .groupBy((_key, word) => word, { key: Serdes.string(), value: Serdes.string() })
  .count({ as: 'counts' })
  .toStream()
  .to('word-counts', { key: Serdes.string(), value: Serdes.long() });
await using streams = new KafkaStreams(builder.build(), {
  ...fromKafkaJs(config),
  applicationId: 'word-count',
  commitIntervalMs: 100,
});
await streams.start();

const producer = kafka.producer();
await producer.connect();
await producer.send({ topic: 'lines', messages: LINES.map((value) => ({ value })) });
await producer.disconnect();

const wanted = LINES.join(' ').split(' ').length;
const counts = new Map<string, number>();
const consumer = kafka.consumer({ groupId: 'reader' });
await consumer.connect();
await consumer.subscribe({ topic: 'word-counts', fromBeginning: true });
await new Promise<void>((resolve) => {
  void consumer.run({
    eachMessage: async ({ message }) => {
      counts.set(message.key!.toString(), Number(message.value!.readBigInt64BE()));
      const counted = [...counts.values()].reduce((sum, count) => sum + count, 0);
      if (counted === wanted) resolve();
    },
  });
});
await consumer.disconnect();

for (const [word, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) console.log(`${word} ${count}`);
