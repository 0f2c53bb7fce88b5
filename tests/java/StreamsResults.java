package millrace.anchor;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/**
 * BOOTSTRAP COUNT JOB…: runs each job exactly once over what {@code Bench load} wrote, without caches, and prints every
 * committed record of its output: partition, timestamp, key and value. Records of a key stay in their order, unless they
 * are results of a join, which come in the order in which its two sides were read.
 */
public final class StreamsResults {
  private static final int PARTITIONS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  record Line(int partition, String key, String text) {}

  public static void main(String[] args) throws Exception {
    long count = Long.parseLong(args[1]);
    for (String job : List.of(args).subList(2, args.length)) {
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", args[0]))) {
        run(admin, args[0], job, count);
      }
      List<Line> lines = read(args[0], topicOf(job));
      Comparator<Line> order = Comparator.comparingInt(Line::partition).thenComparing(Line::key);
      lines.sort(job.endsWith("join") ? order.thenComparing(Line::text) : order);
      for (Line line : lines) System.out.println(job + " " + line.partition() + " " + line.key() + " " + line.text());
    }
  }

  private static void run(Admin admin, String bootstrap, String job, long count) throws Exception {
    Properties config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, "results-" + job);
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 2);
    config.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
    config.put(StreamsConfig.STATE_DIR_CONFIG, Files.createTempDirectory("results-state").toString());
    NewTopic topic = new NewTopic(topicOf(job), PARTITIONS, (short) 1).configs(Map.of("retention.ms", "-1"));
    admin.createTopics(List.of(topic)).all().get();
    KafkaStreams streams = new KafkaStreams(Jobs.topology(job, count, topicOf(job), null), config);
    streams.start();
    long records = job.equals("stream-join") ? 2 * count : count;
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (long seen = 0; seen < records; seen = committed(admin, job, count)) {
      if (streams.state() == KafkaStreams.State.ERROR) throw new IllegalStateException(job + " failed");
      if (System.nanoTime() > deadline) throw new IllegalStateException(job + " committed " + seen + " records");
      Thread.sleep(50);
    }
    if (!streams.close(PATIENCE)) throw new IllegalStateException(job + " did not stop");
    streams.cleanUp();
  }

  /** How many of the records of the streams are done: their offsets, since nothing but records lies in them. */
  private static long committed(Admin admin, String job, long count) throws Exception {
    Set<String> inputs = Set.of("left-" + count, "right-" + count);
    return admin.listConsumerGroupOffsets("results-" + job).partitionsToOffsetAndMetadata().get().entrySet().stream()
        .filter(entry -> inputs.contains(entry.getKey().topic())).mapToLong(entry -> entry.getValue().offset()).sum();
  }

  private static List<Line> read(String bootstrap, String topic) {
    Map<String, Object> config = Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed");
    List<TopicPartition> all = IntStream.range(0, PARTITIONS).mapToObj(p -> new TopicPartition(topic, p)).toList();
    List<Line> lines = new ArrayList<>();
    try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      while (all.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          lines.add(new Line(record.partition(), text(record.key()), record.timestamp() + " " + text(record.value())));
        }
      }
    }
    return lines;
  }

  private static String topicOf(String job) {
    return "results-of-" + job;
  }

  /** Each byte a character, quoted where it is none that can be printed. */
  private static String text(byte[] bytes) {
    if (bytes == null) return "null";
    StringBuilder text = new StringBuilder();
    for (char c : new String(bytes, StandardCharsets.ISO_8859_1).toCharArray()) {
      if (c > ' ' && c < 127) text.append(c);
      else text.append(String.format("\\x%02x", (int) c));
    }
    return text.toString();
  }
}
