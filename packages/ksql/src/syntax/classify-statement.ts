import { stringOf } from './names.ts';
import { withoutComments } from './split-statements.ts';

/** A statement by what a client does with it. All that is not named here goes to the server as it is. */
export type ClientStatement =
  | { readonly kind: 'request' | 'query' | 'print' | 'show-variables' }
  | { readonly kind: 'set' | 'define'; readonly name: string; readonly value: string }
  | { readonly kind: 'unset' | 'undefine'; readonly name: string };

const SET = /^SET\s+('(?:[^']|'')*')\s*=\s*('(?:[^']|'')*')\s*;$/i;
const UNSET = /^UNSET\s+('(?:[^']|'')*')\s*;$/i;
const DEFINE = /^DEFINE\s+(\w+)\s*=\s*('(?:[^']|'')*')\s*;$/i;
const UNDEFINE = /^UNDEFINE\s+(\w+)\s*;$/i;
const SHOW_VARIABLES = /^(?:SHOW|LIST)\s+VARIABLES\s*;$/i;
const QUERY = /^SELECT\b/i;
const PRINT = /^PRINT\b/i;

/** By its first words: the server reads statements, and says what is wrong with them. */
export function classifyStatement(statement: string): ClientStatement {
  const bare = withoutComments(statement);
  const set = SET.exec(bare);
  if (set !== null) return { kind: 'set', name: stringOf(set[1]!), value: stringOf(set[2]!) };
  const unset = UNSET.exec(bare);
  if (unset !== null) return { kind: 'unset', name: stringOf(unset[1]!) };
  const define = DEFINE.exec(bare);
  if (define !== null) return { kind: 'define', name: define[1]!, value: stringOf(define[2]!) };
  const undefine = UNDEFINE.exec(bare);
  if (undefine !== null) return { kind: 'undefine', name: undefine[1]! };
  if (SHOW_VARIABLES.test(bare)) return { kind: 'show-variables' };
  if (QUERY.test(bare)) return { kind: 'query' };
  return { kind: PRINT.test(bare) ? 'print' : 'request' };
}
