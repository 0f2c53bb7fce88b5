import type { CaseOperation } from './case.ts';

/** Operations that hand on the record object that they got; all others make a new one, with a copy of the headers. */
const PASSING: ReadonlySet<string> = new Set(['stream', 'merge', 'filter', 'filterNot', 'peek', 'split']);

/**
 * The ids of streams whose records are, in the Java program, the very objects that their source forwards to all its
 * children: there a processor that adds a header adds it for the siblings that come after it, too.
 */
export function streamsOfSourceRecords(operations: readonly CaseOperation[]): ReadonlySet<unknown> {
  const ids = new Set<unknown>();
  for (const operation of operations) {
    const isFirst = operation.op === 'stream';
    if (!PASSING.has(operation.op) || !(isFirst || ids.has(operation.from))) continue;
    ids.add(operation.id);
    const branches = (operation.branches ?? []) as readonly { readonly id: string }[];
    for (const { id } of branches) ids.add(id);
    ids.add((operation.default as { readonly id: string } | undefined)?.id);
  }
  return ids;
}
