import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KGroupedStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.SessionWindows;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.WindowedSerdes;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.apache.kafka.streams.state.QueryableStoreTypes;

/**
 * The application of java-interop.test.ts as Java has it: counts records by key, by key and minute, by key and session.
 * Arguments: bootstrap servers, application id, state folder, and how many records are to be counted in all, those of
 * whoever ran the application before included. Then it prints how many rows it restored, and its stores.
 */
public final class StreamsInterop {
  private static final long WINDOW_MS = 60_000;
  private static final long GRACE_MS = 3_600_000;
  private static final long TIMEOUT_MS = 60_000;

  public static void main(String[] args) throws Exception {
    long expected = Long.parseLong(args[3]);
    Properties settings = new Properties();
    settings.putAll(
        Map.of(
            StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, args[0],
            StreamsConfig.APPLICATION_ID_CONFIG, args[1],
            StreamsConfig.STATE_DIR_CONFIG, args[2],
            StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"));
    // A closed instance stays in its group until its session ends; whoever comes next should not wait for long.
    settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 1_500);
    settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 300);
    AtomicLong restored = new AtomicLong();
    try (KafkaStreams streams = new KafkaStreams(topology(), settings)) {
      streams.setGlobalStateRestoreListener(counting(restored));
      streams.start();
      awaitCount(streams, expected);
      System.out.println("restored " + restored.get());
      print(streams);
    }
  }

  private static org.apache.kafka.streams.Topology topology() {
    var string = Serdes.String();
    var builder = new StreamsBuilder();
    KGroupedStream<String, String> lines =
        builder.stream("lines", Consumed.with(string, string)).groupByKey(Grouped.with(string, string));
    lines.count(Materialized.as("counts")).toStream().to("totals", Produced.with(string, Serdes.Long()));
    lines
        .windowedBy(TimeWindows.ofSizeAndGrace(Duration.ofMillis(WINDOW_MS), Duration.ofMillis(GRACE_MS)))
        .count(Materialized.as("windows"))
        .toStream()
        .to("windowed", Produced.with(WindowedSerdes.timeWindowedSerdeFrom(String.class, WINDOW_MS), Serdes.Long()));
    lines
        .windowedBy(SessionWindows.ofInactivityGapAndGrace(Duration.ofMillis(WINDOW_MS), Duration.ofMillis(GRACE_MS)))
        .count(Materialized.as("sessions"));
    return builder.build();
  }

  private static StateRestoreListener counting(AtomicLong restored) {
    return new StateRestoreListener() {
      @Override
      public void onRestoreStart(TopicPartition partition, String store, long from, long to) {}

      @Override
      public void onBatchRestored(TopicPartition partition, String store, long end, long count) {}

      @Override
      public void onRestoreEnd(TopicPartition partition, String store, long total) {
        restored.addAndGet(total);
      }
    };
  }

  private static void awaitCount(KafkaStreams streams, long expected) throws InterruptedException {
    long deadline = System.currentTimeMillis() + TIMEOUT_MS;
    long counted = -1;
    while (System.currentTimeMillis() < deadline) {
      Thread.sleep(50);
      if (streams.state() != KafkaStreams.State.RUNNING) continue;
      counted = 0;
      try (var rows = streams.store(parameters("counts", QueryableStoreTypes.<String, Long>keyValueStore())).all()) {
        while (rows.hasNext()) counted += rows.next().value;
      }
      if (counted >= expected) return;
    }
    throw new IllegalStateException("counted " + counted + " of " + expected);
  }

  private static void print(KafkaStreams streams) {
    try (var rows = streams.store(parameters("counts", QueryableStoreTypes.<String, Long>keyValueStore())).all()) {
      while (rows.hasNext()) {
        KeyValue<String, Long> row = rows.next();
        System.out.println("count " + row.key + " " + row.value);
      }
    }
    try (var rows = streams.store(parameters("windows", QueryableStoreTypes.<String, Long>windowStore())).all()) {
      while (rows.hasNext()) {
        var row = rows.next();
        System.out.println("window " + row.key.key() + " " + row.key.window().start() + " " + row.value);
      }
    }
    for (String key : new String[] {"a", "b"}) {
      var store = streams.store(parameters("sessions", QueryableStoreTypes.<String, Long>sessionStore()));
      try (var rows = store.fetch(key)) {
        while (rows.hasNext()) {
          var row = rows.next();
          System.out.println(
              "session " + key + " " + row.key.window().start() + " " + row.key.window().end() + " " + row.value);
        }
      }
    }
  }

  private static <T> StoreQueryParameters<T> parameters(
      String store, org.apache.kafka.streams.state.QueryableStoreType<T> type) {
    return StoreQueryParameters.fromNameAndType(store, type);
  }
}
