import type { SourceLocation } from '../syntax/ast.ts';

/** `Line: 1, Col: 21: `, as ksqlDB begins errors of analysis that have a place. */
export function placePrefix(location: SourceLocation | null): string {
  return location === null ? '' : `Line: ${location.line}, Col: ${location.column}: `;
}
