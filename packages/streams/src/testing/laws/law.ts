import type { TopologyModel } from './model.ts';
import type { Trial } from './trial.ts';
import type { UserFunctionFacts } from './user-function-facts.ts';

export type LawName =
  | 'changelog'
  | 'stream-table'
  | 'cache'
  | 'aggregate'
  | 'join'
  | 'finals'
  | 'determinism'
  | 'restart'
  | 'interleaving';

/** A store, topic or operator for which a law holds, or why it does not. */
export type Subject =
  | { readonly kind: 'checked'; readonly name: string; readonly inOrderOnly?: boolean }
  | { readonly kind: 'not-applicable'; readonly name: string; readonly reason: string };

export type Breach = {
  /** The store, topic or operator. */
  readonly subject: string;
  /** What should be and what is, in words. */
  readonly finding: string;
};

/** What is known when a law decides where it holds. */
export type Circumstances = {
  readonly model: TopologyModel;
  readonly facts: UserFunctionFacts;
  /** The user says that the law must hold whatever is known of functions. */
  readonly isRequired: boolean;
};

/** A duality of streams and tables, or a promise about runs. */
export type Law = {
  readonly name: LawName;
  /** One sentence. */
  readonly says: string;
  /** Where it holds, from the logical graph: a law that does not hold for a topology is never a failure. */
  applies(circumstances: Circumstances): readonly Subject[];
  /** Tries one subject on one history. Null: it holds. */
  breach(trial: Trial, subject: string): Breach | null;
};

export function checked(name: string, inOrderOnly = false): Subject {
  return { kind: 'checked', name, inOrderOnly };
}

export function notApplicable(name: string, reason: string): Subject {
  return { kind: 'not-applicable', name, reason };
}

/** `null` where all is well. */
export function difference(
  subject: string,
  expected: ReadonlyMap<string, string>,
  actual: ReadonlyMap<string, string>,
  words: { readonly expected: string; readonly actual: string },
): Breach | null {
  for (const key of new Set([...expected.keys(), ...actual.keys()])) {
    const wanted = expected.get(key) ?? 'nothing';
    const got = actual.get(key) ?? 'nothing';
    if (wanted !== got) {
      return { subject, finding: `${key}: ${words.expected} ${wanted}, ${words.actual} ${got}` };
    }
  }
  return null;
}
