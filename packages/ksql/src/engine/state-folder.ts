import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CloseOptions } from '@millrace/base';

export type StateFolder = { readonly path: string; close(options?: CloseOptions): Promise<void> };

/**
 * Where the queries of an engine keep their state. Without a folder of the user's own it is a temporary one that no other
 * engine has, even under the same service id, and that goes with the engine.
 */
export function stateFolder(chosen: string | undefined): StateFolder {
  if (chosen !== undefined) return { path: chosen, close: async () => {} };
  const path = mkdtempSync(join(tmpdir(), 'millrace-ksql-state-'));
  return { path, close: async () => rmSync(path, { recursive: true, force: true }) };
}
