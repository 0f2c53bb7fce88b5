import { consumerProtocolSubscriptionCodec, Reader } from '@millrace/protocol';

/** The topics in a consumer's subscription; none where the bytes are of some other program. */
export function subscribedTopics(metadata: Uint8Array): readonly string[] {
  try {
    const reader = new Reader(metadata);
    const { minVersion, maxVersion } = consumerProtocolSubscriptionCodec;
    const version = Math.min(reader.int16(), maxVersion);
    return version < minVersion ? [] : consumerProtocolSubscriptionCodec.decode(reader, version).topics;
  } catch {
    return [];
  }
}
