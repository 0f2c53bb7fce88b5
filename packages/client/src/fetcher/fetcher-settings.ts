import { ISOLATION_CODE, type IsolationLevel } from '../cluster/list-offsets.ts';
import type { ClientSettings } from '../connection/settings.ts';
import type { FetcherOptions, OffsetReset } from './fetcher-options.ts';

/** The options of a fetcher with every default filled in. */
export type FetcherSettings = {
  readonly offsetReset: OffsetReset;
  readonly isolationLevel: IsolationLevel;
  readonly isolationCode: number;
  readonly minBytes: number;
  readonly maxWaitMs: number;
  readonly maxBytes: number;
  readonly partitionMaxBytes: number;
  readonly bufferBytesMax: number;
  readonly checkCrcs: boolean;
  /** Of the client; empty where that is not told. */
  readonly rack: string;
};

export function fetcherSettings(
  options: FetcherOptions,
  { isLocal, settings }: { readonly isLocal: boolean; readonly settings: ClientSettings },
): FetcherSettings {
  const isolationLevel = options.isolationLevel ?? 'read_uncommitted';
  return {
    offsetReset: options.offsetReset ?? 'none',
    isolationLevel,
    isolationCode: ISOLATION_CODE[isolationLevel],
    minBytes: options.minBytes ?? 1,
    maxWaitMs: options.maxWaitMs ?? 500,
    maxBytes: options.maxBytes ?? 8 * 1024 * 1024,
    partitionMaxBytes: options.partitionMaxBytes ?? 1024 * 1024,
    bufferBytesMax: options.bufferBytesMax ?? 32 * 1024 * 1024,
    // Bytes that never left the process need no check.
    checkCrcs: (options.checkCrcs ?? true) && !isLocal,
    rack: settings.rack,
  };
}
