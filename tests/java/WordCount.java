import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;

/**
 * One instance of an application that counts the words of `lines` into `counts`, by way of a repartition topic and a
 * store. Arguments: bootstrap servers, application id, state folder, `classic` or `streams` for the protocol of its group,
 * threads, and what it is called at its endpoint (a port). It says `running` and `state …`, and ends with its input.
 */
public final class WordCount {
  public static void main(String[] args) throws Exception {
    Properties settings = new Properties();
    settings.putAll(
        Map.of(
            StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, args[0],
            StreamsConfig.APPLICATION_ID_CONFIG, args[1],
            StreamsConfig.STATE_DIR_CONFIG, args[2],
            StreamsConfig.GROUP_PROTOCOL_CONFIG, args[3],
            StreamsConfig.NUM_STREAM_THREADS_CONFIG, args[4],
            StreamsConfig.APPLICATION_SERVER_CONFIG, "localhost:" + args[5],
            StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100,
            StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"));
    var string = Serdes.String();
    var builder = new StreamsBuilder();
    builder.stream("lines", Consumed.with(string, string))
        .flatMapValues(line -> Arrays.asList(line.toLowerCase(Locale.ROOT).split(" ")))
        .groupBy((key, word) -> word, Grouped.with("by-word", string, string))
        .count(Materialized.as("words"))
        .toStream()
        .to("counts", Produced.with(string, Serdes.Long()));
    try (KafkaStreams streams = new KafkaStreams(builder.build(), settings)) {
      streams.setStateListener((now, before) -> System.out.println("state " + now));
      streams.start();
      for (int next = System.in.read(); next != -1; next = System.in.read()) {
        if (next == '?') System.out.println("hosts " + streams.metadataForAllStreamsClients());
      }
    }
    System.out.println("closed");
  }
}
