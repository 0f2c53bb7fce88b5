import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Message;
import org.apache.kafka.common.protocol.MessageUtil;

/**
 * Reads messages with Kafka's own classes and writes them again. A line of input is a name, a version and bytes as hex;
 * the answer to it is the bytes that Kafka writes, or what went wrong.
 */
class Rewrite {
  public static void main(String[] args) throws Exception {
    var in = new BufferedReader(new InputStreamReader(System.in));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      var parts = line.split(" ", -1);
      System.out.println(rewrite(parts[0], Short.parseShort(parts[1]), HexFormat.of().parseHex(parts[2])));
    }
  }

  static String rewrite(String name, short version, byte[] bytes) {
    try {
      var message = (Message) classOf(name).getDeclaredConstructor().newInstance();
      var input = ByteBuffer.wrap(bytes);
      message.read(new ByteBufferAccessor(input), version);
      if (input.hasRemaining()) return input.remaining() + " bytes are left";
      var output = MessageUtil.toByteBufferAccessor(message, version).buffer();
      var written = new byte[output.remaining()];
      output.get(written);
      return HexFormat.of().formatHex(written);
    } catch (Exception exception) {
      return exception.toString().replace('\n', ' ');
    }
  }

  static Class<?> classOf(String name) throws ClassNotFoundException {
    for (var candidate : new String[] {
      "org.apache.kafka.common.message." + name + "Data",
      "org.apache.kafka.common.message." + name,
      "org.apache.kafka.coordinator.group.generated." + name,
      "org.apache.kafka.coordinator.transaction.generated." + name,
      "org.apache.kafka.coordinator.share.generated." + name,
    }) {
      try {
        return Class.forName(candidate);
      } catch (ClassNotFoundException absent) {
        continue;
      }
    }
    throw new ClassNotFoundException(name);
  }
}
