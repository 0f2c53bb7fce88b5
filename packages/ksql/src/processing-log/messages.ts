/** What went wrong with a record while a query ran: the query goes on, the record or one of its values is lost. */
export type ProcessingLogMessage =
  | {
      /** A record whose bytes aren't what its source's format says. The record is dropped. */
      readonly kind: 'deserialization-error';
      readonly logger: string;
      readonly message: string;
      readonly cause: readonly string[];
      readonly topic: string;
      readonly target: 'key' | 'value';
      readonly record: Uint8Array | null;
    }
  | {
      /** An expression that failed: null in a projection, and the record dropped in a condition or a key. */
      readonly kind: 'record-processing-error';
      readonly logger: string;
      readonly message: string;
      readonly cause: readonly string[];
    }
  | {
      readonly kind: 'serialization-error';
      readonly logger: string;
      readonly message: string;
      readonly cause: readonly string[];
      readonly topic: string;
      readonly target: 'key' | 'value';
    };

/** Where messages go; calls must not throw. */
export type ProcessingLog = { report(message: ProcessingLogMessage): void };

/** The default: nobody listens. */
export const silentProcessingLog: ProcessingLog = { report: () => {} };

/** The messages of an error and of what caused it, from the outside in. */
export function causesOf(thrown: unknown): readonly string[] {
  const causes: string[] = [];
  for (let each = thrown; each instanceof Error && causes.length < CAUSES_MAX; each = each.cause) {
    causes.push(each.message);
  }
  return causes.length === 0 ? [String(thrown)] : causes;
}

const CAUSES_MAX = 10;
