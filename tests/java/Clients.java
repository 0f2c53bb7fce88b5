import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/** Reads and writes as an application with Java's clients does, and prints what it saw as lines of name=value. */
public final class Clients {
  private static final int RECORDS = 300;

  public static void main(String[] args) throws Exception {
    String servers = args[0];
    try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", servers))) {
      admin.createTopics(List.of(new NewTopic("java-input", 4, (short) 1), new NewTopic("java-output", 4, (short) 1))).all().get();
    }
    try (KafkaProducer<String, String> producer = producer(servers, null)) {
      for (int i = 0; i < RECORDS; i++) producer.send(new ProducerRecord<>("java-input", "key" + i % 17, "" + i));
    }
    for (String protocol : List.of("classic", "consumer")) System.out.println(protocol + "=" + share(servers, protocol));
    share(servers).forEach((name, count) -> System.out.println(name + "=" + count));
    System.out.println("aborted=" + transform(servers));
    System.out.println("committed=" + readAll(servers, "read_committed"));
    System.out.println("all=" + readAll(servers, "read_uncommitted"));
  }

  private static Properties base(String servers) {
    Properties config = new Properties();
    config.put("bootstrap.servers", servers);
    for (String side : List.of("key", "value")) {
      config.put(side + ".serializer", "org.apache.kafka.common.serialization.StringSerializer");
      config.put(side + ".deserializer", "org.apache.kafka.common.serialization.StringDeserializer");
    }
    return config;
  }

  private static KafkaProducer<String, String> producer(String servers, String transactionalId) {
    Properties config = base(servers);
    if (transactionalId != null) config.put("transactional.id", transactionalId);
    return new KafkaProducer<>(config);
  }

  private static KafkaConsumer<String, String> consumer(String servers, String group, Map<String, String> more) {
    Properties config = base(servers);
    config.put("group.id", group);
    config.put("auto.offset.reset", "earliest");
    config.put("enable.auto.commit", "false");
    config.putAll(more);
    return new KafkaConsumer<>(config);
  }

  /** Two members of a group read until every record was seen; answers how many different ones that were. */
  private static int share(String servers, String protocol) throws Exception {
    Set<String> seen = ConcurrentHashMap.newKeySet();
    List<Thread> members = new ArrayList<>();
    for (int member = 0; member < 2; member++) {
      Thread thread = new Thread(() -> {
        try (KafkaConsumer<String, String> consumer = consumer(servers, "java-" + protocol, Map.of("group.protocol", protocol))) {
          consumer.subscribe(List.of("java-input"));
          long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
          while (seen.size() < RECORDS && System.nanoTime() < end) {
            for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) seen.add(record.value());
            consumer.commitSync();
          }
        }
      });
      thread.start();
      members.add(thread);
    }
    for (Thread member : members) member.join();
    return seen.size();
  }

  /**
   * Two members of a share group (KIP-932) read side by side, accept most records and release every seventh once; answers how many
   * different ones they accepted, how many came again, and how many are left when all is done.
   */
  private static Map<String, Integer> share(String servers) throws Exception {
    String group = "java-share";
    try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", servers))) {
      ConfigEntry earliest = new ConfigEntry("share.auto.offset.reset", "earliest");
      ConfigResource resource = new ConfigResource(ConfigResource.Type.GROUP, group);
      admin.incrementalAlterConfigs(Map.of(resource, List.of(new AlterConfigOp(earliest, AlterConfigOp.OpType.SET)))).all().get();
    }
    Set<String> accepted = ConcurrentHashMap.newKeySet();
    Set<String> released = ConcurrentHashMap.newKeySet();
    AtomicInteger again = new AtomicInteger();
    List<Thread> members = new ArrayList<>();
    for (int member = 0; member < 2; member++) {
      Thread thread = new Thread(() -> {
        Properties config = base(servers);
        config.putAll(Map.of("group.id", group, "share.acknowledgement.mode", "explicit", "max.poll.records", "20"));
        try (KafkaShareConsumer<String, String> consumer = new KafkaShareConsumer<>(config)) {
          consumer.subscribe(List.of("java-input"));
          long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
          while (accepted.size() < RECORDS && System.nanoTime() < end) {
            for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
              boolean isSeventh = Integer.parseInt(record.value()) % 7 == 0;
              if (record.deliveryCount().orElse((short) 1) > 1) again.incrementAndGet();
              if (isSeventh && released.add(record.value())) {
                consumer.acknowledge(record, AcknowledgeType.RELEASE);
              } else {
                consumer.acknowledge(record, AcknowledgeType.ACCEPT);
                accepted.add(record.value());
              }
            }
            consumer.commitSync();
          }
        }
      });
      thread.start();
      members.add(thread);
    }
    for (Thread member : members) member.join();
    try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", servers))) {
      var offsets = admin.listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec())).partitionsToOffsetInfo(group).get();
      int lag = offsets.values().stream().mapToInt(info -> info.lag().orElse(-1L).intValue()).sum();
      return Map.of("shared", accepted.size(), "sharedAgain", again.get(), "sharedLag", lag);
    }
  }

  /** Copies the input in transactions and aborts every third, to do it again; answers how many it aborted. */
  private static int transform(String servers) {
    int aborted = 0;
    Map<String, String> more = Map.of("isolation.level", "read_committed", "max.poll.records", "20");
    try (KafkaProducer<String, String> producer = producer(servers, "java-transform");
        KafkaConsumer<String, String> consumer = consumer(servers, "java-transform", more)) {
      producer.initTransactions();
      consumer.subscribe(List.of("java-input"));
      int done = 0;
      for (int round = 0; done < RECORDS; ) {
        ConsumerRecords<String, String> records = consumer.poll(Duration.ofMillis(200));
        if (records.isEmpty()) continue;
        producer.beginTransaction();
        for (ConsumerRecord<String, String> record : records) {
          producer.send(new ProducerRecord<>("java-output", record.key(), record.value()));
        }
        if (round++ % 3 == 2) {
          producer.flush();
          producer.abortTransaction();
          aborted++;
          for (TopicPartition partition : records.partitions()) {
            consumer.seek(partition, records.records(partition).get(0).offset());
          }
          continue;
        }
        producer.sendOffsetsToTransaction(positions(records), consumer.groupMetadata());
        producer.commitTransaction();
        done += records.count();
      }
    }
    return aborted;
  }

  private static Map<TopicPartition, OffsetAndMetadata> positions(ConsumerRecords<String, String> records) {
    return records.partitions().stream().collect(Collectors.toMap(partition -> partition, partition -> {
      List<ConsumerRecord<String, String>> of = records.records(partition);
      return new OffsetAndMetadata(of.get(of.size() - 1).offset() + 1);
    }));
  }

  private static long readAll(String servers, String isolation) {
    try (KafkaConsumer<String, String> consumer = consumer(servers, "java-read-" + isolation, Map.of("isolation.level", isolation))) {
      List<TopicPartition> partitions = List.of(0, 1, 2, 3).stream().map(p -> new TopicPartition("java-output", p)).toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      long count = 0;
      while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
        count += StreamSupport.stream(consumer.poll(Duration.ofMillis(100)).spliterator(), false).count();
      }
      return count;
    }
  }
}
