import type { Assignor } from './assignor.ts';
import { assignRange } from './range.ts';
import { assignUniform } from './uniform.ts';

/** The assignors of the broker by the names that members ask for. */
export const ASSIGNORS: Readonly<Record<string, Assignor>> = { uniform: assignUniform, range: assignRange };
