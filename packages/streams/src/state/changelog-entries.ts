import { unreachable } from '@millrace/base';
import { copyBytes } from '../lib/bytes.ts';
import { timeWindowAt, type Window } from '../serdes/windowed.ts';
import { segmentIntervalFor } from './keys/segmented.ts';
import { sessionRowKeys } from './keys/session-keys.ts';
import { windowRowKeys } from './keys/window-keys.ts';
import type { StoreSpec } from './store-spec.ts';

/** What records of a store's changelog say, outside of any store: keys as its scans give them. */
export type ChangelogEntries = {
  key(bytes: Uint8Array): unknown;
  value(bytes: Uint8Array): unknown;
};

/** Given bytes may be views: they are copied for serdes, which may keep them. */
export function changelogEntries(spec: StoreSpec, topic: string): ChangelogEntries {
  const { keySerde, valueSerde } = spec;
  const keyOf = keyReader(spec);
  return {
    key(bytes) {
      const { own, window } = keyOf(bytes);
      const key = keySerde.deserialize(copyBytes(own), topic);
      return window === null ? key : { key, window };
    },
    value: (bytes) => valueSerde.deserialize(copyBytes(bytes), topic),
  };
}

type ReadKey = { readonly own: Uint8Array; readonly window: Window | null };

function keyReader(spec: StoreSpec): (bytes: Uint8Array) => ReadKey {
  switch (spec.kind) {
    case 'key-value':
    case 'versioned':
      return (own) => ({ own, window: null });
    case 'window': {
      const keys = windowRowKeys(segmentIntervalFor(spec.retentionMs));
      return (bytes) => {
        const row = keys.fromChangelog(bytes);
        return { own: keys.keyOf(row), window: timeWindowAt(keys.timeOf(row), spec.windowSizeMs) };
      };
    }
    case 'session': {
      const keys = sessionRowKeys(segmentIntervalFor(spec.retentionMs));
      return (bytes) => {
        const row = keys.fromChangelog(bytes);
        return { own: keys.keyOf(row), window: { startMs: keys.startOf(row), endMs: keys.timeOf(row) } };
      };
    }
    default:
      return unreachable(spec);
  }
}
