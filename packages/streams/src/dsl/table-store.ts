import { illegalArgument } from '../errors.ts';
import type { SerdePair } from '../graph/nodes.ts';
import { toMs } from '../lib/duration.ts';
import { serdeOr } from '../serdes/missing.ts';
import type { StoreSpec } from '../state/store-spec.ts';
import type { Materialized } from './options.ts';
import type { DslContext } from './stream-handle.ts';

/** Java's class of the same content: versioned stores may not keep less than nothing. */
function historyMs(options: Materialized<unknown, unknown>): number | null {
  if (options.historyRetention === undefined) return null;
  const ms = toMs(options.historyRetention, 'historyRetention');
  if (ms < 0) throw illegalArgument('historyRetention cannot be negative');
  return ms;
}

type Common = Pick<StoreSpec, 'name' | 'keySerde' | 'valueSerde' | 'engine' | 'caching' | 'logging'>;

function common(context: DslContext, name: string, serdes: SerdePair, options: Materialized<unknown, unknown>): Common {
  return {
    name,
    keySerde: serdeOr(serdes.key, context.defaults.key, 'key', `store ${name}`),
    valueSerde: serdeOr(serdes.value, context.defaults.value, 'value', `store ${name}`),
    engine: options.engine ?? context.engine,
    caching: options.caching ?? true,
    logging: loggingOf(options.logging),
  };
}

export function loggingOf(given: Materialized<unknown, unknown>['logging']): StoreSpec['logging'] {
  if (given === false) return false;
  return { topicConfig: typeof given === 'object' ? given : {} };
}

/** The store of an unwindowed table: timestamped, or versioned if a history is asked for. */
export function keyValueStore(
  context: DslContext,
  name: string,
  serdes: SerdePair,
  options: Materialized<unknown, unknown>,
): StoreSpec {
  const historyRetentionMs = historyMs(options);
  const base = common(context, name, serdes, options);
  if (historyRetentionMs === null) return { ...base, kind: 'key-value', timestamped: true };
  // A cache would lose versions.
  return { ...base, kind: 'versioned', caching: false, historyRetentionMs };
}

function retentionMs(
  options: Materialized<unknown, unknown>,
  leastMs: number,
  defaultMs: number,
  what: string,
): number {
  const ms = options.retention === undefined ? defaultMs : toMs(options.retention, 'retention');
  if (ms < leastMs) {
    throw illegalArgument(
      `The retention period of the window store ${options.as ?? ''} must be no smaller than its ${what}. ` +
        `Got ${what} [${leastMs}], retention [${ms}]`,
    );
  }
  return ms;
}

export function windowStore(
  context: DslContext,
  name: string,
  serdes: SerdePair,
  options: Materialized<unknown, unknown>,
  window: {
    readonly sizeMs: number;
    readonly leastRetentionMs: number;
    readonly defaultRetentionMs: number;
    readonly emitsOnClose: boolean;
  },
): StoreSpec {
  return {
    ...common(context, name, serdes, options),
    kind: 'window',
    timestamped: true,
    windowSizeMs: window.sizeMs,
    retentionMs: retentionMs(
      options,
      window.leastRetentionMs,
      window.defaultRetentionMs,
      'window size plus the grace period',
    ),
    retainDuplicates: false,
    emitsOnClose: window.emitsOnClose,
  };
}

export function sessionStore(
  context: DslContext,
  name: string,
  serdes: SerdePair,
  options: Materialized<unknown, unknown>,
  leastRetentionMs: number,
): StoreSpec {
  return {
    ...common(context, name, serdes, options),
    kind: 'session',
    retentionMs: retentionMs(options, leastRetentionMs, leastRetentionMs, 'inactivity gap plus the grace period'),
  };
}
