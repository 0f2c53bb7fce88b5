import { StreamsError } from '../../errors.ts';
import type { History } from './history.ts';
import type { Breach, Law, LawName } from './law.ts';

/** A law does not hold for the topology. The message has everything: law, finding, seed, records, reproduction. */
export class DualityError extends StreamsError {
  readonly law: LawName;
  readonly subject: string;
  readonly finding: string;
  /** Shrunk: no part of it can be left out. */
  readonly history: History;
  readonly seed: number | null;
  /** TypeScript that runs: the records through a `TopologyTestDriver`, then the law on them. */
  readonly reproduction: string;

  constructor(law: Law, breach: Breach, found: { history: History; seed: number | null; reproduction: string }) {
    const { history, seed, reproduction } = found;
    const count = history.records.length;
    super(
      'STREAMS_FAILED',
      [
        `The law "${law.name}" does not hold for ${breach.subject}: ${breach.finding}.`,
        law.says,
        ...(seed === null ? [] : [`Seed ${seed}; ${count} ${count === 1 ? 'record is' : 'records are'} enough:`]),
        '',
        reproduction,
      ].join('\n'),
    );
    this.law = law.name;
    this.subject = breach.subject;
    this.finding = breach.finding;
    this.history = history;
    this.seed = seed;
    this.reproduction = reproduction;
  }
}
