/** The topics that a regular expression of a subscription stands for, and when that was found out. */
export type ResolvedRegex = {
  readonly topics: readonly string[];
  /** Of the image of topics; −1 where that is not known. */
  readonly version: number;
  readonly timestampMs: number;
};
