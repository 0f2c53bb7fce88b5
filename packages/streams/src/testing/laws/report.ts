import type { LawName } from './law.ts';

/** What was checked. */
export type DualityReport = {
  readonly seed: number;
  /** Histories that were run to their end. */
  readonly runs: number;
  /** Histories on which a function of the topology threw: they say nothing about the laws. */
  readonly failedRuns: number;
  readonly laws: readonly LawReport[];
};

export type LawReport = {
  readonly law: LawName;
  readonly says: string;
  /** The stores, topics and operators for which the law was tried. */
  readonly checked: readonly string[];
  readonly notApplicable: readonly { readonly name: string; readonly reason: string }[];
};
