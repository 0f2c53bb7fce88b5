/** One side of a SASL conversation: what to say first, then an answer to each thing that the broker says. */
export type SaslConversation = {
  first(): Promise<Uint8Array> | Uint8Array;
  /** What to say to this, or null when all is said. @throws when the broker does not prove itself. */
  next(challenge: Uint8Array): Promise<Uint8Array | null> | Uint8Array | null;
};
