import type { TableFunction } from './function.ts';
import { CUBE_EXPLODE } from './table/cube-explode.ts';
import { EXPLODE } from './table/explode.ts';

/** All of ksqlDB's table functions. */
export const TABLE_FUNCTIONS: readonly TableFunction[] = [CUBE_EXPLODE, EXPLODE];
