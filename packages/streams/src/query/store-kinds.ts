import { StreamsError } from '../errors.ts';
import type { StoreSpec } from '../state/store-spec.ts';

/** Whether values of the store have timestamps beside them. */
export function isTimestamped(spec: StoreSpec): boolean {
  return (spec.kind === 'key-value' || spec.kind === 'window') && spec.timestamped;
}

export function wrongKind(spec: StoreSpec, asked: string): StreamsError {
  return new StreamsError('INVALID_STATE_STORE', kindMismatch(spec, asked));
}

export function kindMismatch({ name, kind }: StoreSpec, asked: string): string {
  return `store ${name} is a ${kind} store and cannot be read as a ${asked} store`;
}
