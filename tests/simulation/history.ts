export type Place = { readonly topic: string; readonly partition: number; readonly offset: number };

export type Outcome = 'open' | 'committed' | 'aborted' | 'unknown';

/** A transaction of a transformer: what it read, and what it wrote about it. */
export type TransactionFact = {
  readonly id: string;
  outcome: Outcome;
  /** Values that it wrote, whether or not that was acknowledged. */
  readonly values: string[];
};

/** Commits of one partition of a group. */
type CommitFact = { acked: number; attempted: number };

/** Names a partition, for maps. */
export function placeKey({ topic, partition }: { readonly topic: string; readonly partition: number }): string {
  return `${topic}-${partition}`;
}

type Storyteller = { tell(who: string, what: string): void };

/**
 * What the clients of a simulation know: what they were promised, and what they saw. Whatever contradicts itself at once
 * is a violation here; the audit at the end looks for the rest.
 */
export class History {
  readonly acked: Map<string, Place> = new Map();
  readonly transactions: TransactionFact[] = [];
  readonly violations: string[] = [];
  /** How often each kind of thing happened: a run in which nothing did proves nothing. */
  readonly counts: Map<string, number> = new Map();
  readonly #world: Storyteller;
  readonly #commits = new Map<string, CommitFact>();
  readonly #owners = new Map<string, string>();

  constructor(world: Storyteller) {
    this.#world = world;
  }

  /** The same facts, and no violations yet: to look whether all is well without saying that it is not. */
  scratch(): History {
    const copy = new History({ tell: () => {} });
    for (const [value, place] of this.acked) copy.acked.set(value, place);
    copy.transactions.push(...this.transactions);
    return copy;
  }

  violate(what: string): void {
    this.violations.push(what);
    this.#world.tell('VIOLATION', what);
  }

  count(what: string, by = 1): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + by);
  }

  /** A producer was told where its record is. */
  ack(value: string, place: Place): void {
    this.count('acked');
    const before = this.acked.get(value);
    if (before !== undefined) this.violate(`${value} was acknowledged twice: at ${before.offset} and ${place.offset}`);
    this.acked.set(value, place);
  }

  /** Commits that the power took with it are forgotten. */
  forgetCommits(): void {
    this.#commits.clear();
  }

  commitSent(group: string, partition: string, offset: number): void {
    const fact = this.#commit(group, partition);
    fact.attempted = Math.max(fact.attempted, offset);
  }

  commitAcked(group: string, partition: string, offset: number): void {
    this.count(`commits of ${group}`);
    const fact = this.#commit(group, partition);
    fact.acked = Math.max(fact.acked, offset);
  }

  /** What a group's committed offset must be at least, by what was acknowledged until now. */
  ackedCommit(group: string, partition: string): number {
    return this.#commit(group, partition).acked;
  }

  /** A committed offset was read that was asked for when `leastOffset` was acknowledged. */
  commitRead(group: string, partition: string, offset: number, leastOffset: number): void {
    const { attempted } = this.#commit(group, partition);
    if (offset < leastOffset) {
      this.violate(
        `the offset of ${group} for ${partition} went back to ${offset} after ${leastOffset} was acknowledged`,
      );
    }
    if (offset > attempted && attempted >= 0) {
      this.violate(`the offset of ${group} for ${partition} is ${offset}, but nobody committed beyond ${attempted}`);
    }
  }

  /** A member owns a partition in a generation: nobody else may, in that generation. */
  owns(group: string, generation: number, memberId: string, partition: string): void {
    this.count(`assignments of ${group}`);
    const key = `${group} ${generation} ${partition}`;
    const other = this.#owners.get(key);
    if (other !== undefined && other !== memberId) {
      this.violate(`${partition} belongs to ${other} and to ${memberId} in generation ${generation} of ${group}`);
    }
    this.#owners.set(key, memberId);
  }

  /** The coordinator's memory is gone with the power: it counts generations anew. */
  forgetOwners(): void {
    this.#owners.clear();
  }

  #commit(group: string, partition: string): CommitFact {
    const key = `${group} ${partition}`;
    let fact = this.#commits.get(key);
    if (fact === undefined) {
      fact = { acked: -1, attempted: -1 };
      this.#commits.set(key, fact);
    }
    return fact;
  }
}
