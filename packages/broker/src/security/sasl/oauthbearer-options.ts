/** How tokens of OAUTHBEARER are checked. */
export type OauthBearerOptions = {
  /** Where the keys that tokens are signed with are found: a URL, `https:` or `file:`; null takes unsigned tokens. */
  readonly jwks: string | null;
  /** Kafka's `sasl.oauthbearer.expected.issuer`. */
  readonly issuer?: string;
  /** Kafka's `sasl.oauthbearer.expected.audience`: a token must name one of them. */
  readonly audience?: readonly string[];
  /** The claim that holds the user's name. Default: `sub`. */
  readonly subClaim?: string;
  /** Default: `scope`. */
  readonly scopeClaim?: string;
  /** Scopes that a token must have. */
  readonly requiredScope?: readonly string[];
  /** How much clocks may differ. Default: 30,000. */
  readonly clockSkewMs?: number;
  /** How often the keys are asked for again. Default: one hour. */
  readonly refreshMs?: number;
};
