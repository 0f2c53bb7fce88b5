import { aggregateLaw } from './aggregate-law.ts';
import { cacheLaw } from './cache-law.ts';
import { changelogLaw } from './changelog-law.ts';
import { determinismLaw } from './determinism-law.ts';
import { finalsLaw } from './finals-law.ts';
import { interleavingLaw } from './interleaving-law.ts';
import { joinLaw } from './join-law.ts';
import type { Law } from './law.ts';
import { restartLaw } from './restart-law.ts';
import { streamTableLaw } from './stream-table-law.ts';

/** Determinism first: without it no other law says anything. */
export const ALL_LAWS: readonly Law[] = [
  determinismLaw,
  changelogLaw,
  streamTableLaw,
  aggregateLaw,
  joinLaw,
  finalsLaw,
  cacheLaw,
  restartLaw,
  interleavingLaw,
];
