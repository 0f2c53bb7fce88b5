import { seededRandom } from '@millrace/base';
import { SOURCES, STATEMENTS } from './corpus.ts';
import { Mutator } from './mutate.ts';
import { type Outcome, StatementTrial } from './try-statement.ts';

export type FuzzOptions = {
  readonly statements: number;
  readonly seed: number;
  /** Called before each statement: what to blame if nothing comes after it. */
  readonly onStatement?: (text: string, position: number) => void;
};

export type Finding = { readonly statement: string; readonly thrown: unknown };

export type FuzzResult = {
  readonly outcomes: Readonly<Record<Outcome, number>>;
  readonly findings: readonly Finding[];
};

/** Tries so many mutated statements; the same seed tries the same ones. */
export function fuzz({ statements, seed, onStatement }: FuzzOptions): FuzzResult {
  const mutator = new Mutator(STATEMENTS, seededRandom(seed));
  const trial = new StatementTrial(SOURCES);
  const outcomes: Record<Outcome, number> = { 'syntax-error': 0, refused: 0, accepted: 0 };
  const findings: Finding[] = [];
  for (let position = 0; position < statements; position++) {
    const statement = mutator.next();
    onStatement?.(statement, position);
    try {
      outcomes[trial.try(statement)]++;
    } catch (thrown) {
      findings.push({ statement, thrown });
    }
  }
  return { outcomes, findings };
}
