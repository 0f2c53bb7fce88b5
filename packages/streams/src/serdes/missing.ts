import { topologyError } from '../errors.ts';
import type { Serde } from './serde.ts';

/** Stands where a serde was needed and none was given; `StreamsBuilder.build` refuses a topology that holds one. */
class MissingSerde implements Serde<never> {
  readonly name = 'missing';
  readonly problem: string;

  constructor(problem: string) {
    this.problem = problem;
  }

  serialize(): Uint8Array {
    throw topologyError(this.problem);
  }

  deserialize(): never {
    throw topologyError(this.problem);
  }
}

/** The first serde there is, or a stand-in that says who lacks one. */
export function serdeOr(
  given: Serde<unknown> | null | undefined,
  fallback: Serde<unknown> | null,
  part: 'key' | 'value',
  where: string,
): Serde<unknown> {
  return given ?? fallback ?? new MissingSerde(missingText(part, where));
}

function missingText(part: 'key' | 'value', where: string): string {
  return (
    `no ${part} serde for ${where}. Give one where its type is new (\`{ ${part}: Serdes.string() }\` in the options of ` +
    'stream, table, groupByKey, groupBy, the aggregation, the join or to), or a default to `new StreamsBuilder`'
  );
}

/** @throws StreamsError `TOPOLOGY_INVALID` if the serde is a stand-in */
export function refuseMissing(serde: Serde<unknown>): void {
  if (serde instanceof MissingSerde) throw topologyError(serde.problem);
}
