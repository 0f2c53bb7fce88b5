/** The UUID of sixteen zero bytes, which Kafka uses for "none", in Kafka's text form (base64url without padding). */
export const ZERO_UUID = 'AAAAAAAAAAAAAAAAAAAAAA';

export const UUID_BYTES = 16;
