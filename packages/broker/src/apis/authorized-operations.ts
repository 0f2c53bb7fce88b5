/** What an answer carries when the client did not ask for it. */
export const OPERATIONS_NOT_ASKED = -2_147_483_648;

// Bits are the codes of Kafka's AclOperation.
const bits = (...codes: number[]): number => codes.reduce((sum, code) => sum | (1 << code), 0);

/** Without ACLs everybody may do everything: all operations that a resource has. */
export const TOPIC_OPERATIONS: number = bits(3, 4, 5, 6, 7, 8, 10, 11);
export const GROUP_OPERATIONS: number = bits(3, 6, 8, 10, 11);
export const CLUSTER_OPERATIONS: number = bits(5, 7, 8, 9, 10, 11, 12);
