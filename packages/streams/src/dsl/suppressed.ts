import type { SuppressBuffer, Suppression } from '../graph/nodes.ts';
import { type DurationMs, toMs } from '../lib/duration.ts';
import type { Windowed } from '../serdes/windowed.ts';
import type { Named } from './options.ts';

export type BufferLimits = { readonly maxRecords?: number; readonly maxBytes?: number };

export type TimeLimitOptions = Named &
  BufferLimits & {
    /** A full buffer sends its oldest rows early, or stops the application. Default: emit. */
    readonly whenFull?: 'emit' | 'shut-down';
  };

/** `K` ties a suppression to the tables that it fits: `untilWindowCloses` only to windowed ones. */
export type Suppressed<K> = {
  readonly name: string | undefined;
  readonly suppression: Suppression;
  /** Only in the type. */
  readonly key?: (key: K) => void;
};

function buffer(limits: BufferLimits, whenFull: SuppressBuffer['whenFull']): SuppressBuffer {
  return { recordsMax: limits.maxRecords ?? Infinity, bytesMax: limits.maxBytes ?? Infinity, whenFull };
}

/** What `KTable.suppress` takes (Kafka Streams: Suppressed). */
export const Suppressed = {
  /** Only the last result of each window, when it has closed. A full buffer stops the application. */
  untilWindowCloses(options: Named & BufferLimits = {}): Suppressed<Windowed<unknown>> {
    return { name: options.name, suppression: { waitMs: null, buffer: buffer(options, 'shut-down') } };
  },
  /** The latest change of a key, so long after its first one in stream time. */
  untilTimeLimit(wait: DurationMs, options: TimeLimitOptions = {}): Suppressed<unknown> {
    const suppression = { waitMs: toMs(wait, 'wait'), buffer: buffer(options, options.whenFull ?? 'emit') };
    return { name: options.name, suppression };
  },
} as const;
