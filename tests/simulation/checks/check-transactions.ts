import type { TransactionFact } from '../history.ts';
import { INPUT, type Scene } from '../scene.ts';
import type { PartitionContent } from './read-log.ts';

/**
 * Transactions are seen whole or not at all, those that were given up never; and each record of the input made exactly
 * one of the output.
 */
export function checkTransactions(scene: Scene, contents: ReadonlyMap<string, PartitionContent>): void {
  const { history, plan } = scene;
  const visible = new Map<string, string>();
  const sources = new Map<string, string>();
  for (const [where, { committed }] of contents) {
    if (where.startsWith(INPUT)) continue;
    for (const { offset, value } of committed) {
      visible.set(value, `${where}:${offset}`);
      const source = value.slice(value.indexOf('|') + 1);
      const other = sources.get(source);
      if (other !== undefined) history.violate(`the input at ${source} was transformed twice: ${other} and ${value}`);
      sources.set(source, value);
    }
  }
  for (const fact of history.transactions) checkOne(scene, fact, visible);
  if (plan.transformers > 0) checkAllTransformed(scene, contents, sources);
}

function checkOne({ history }: Scene, fact: TransactionFact, visible: ReadonlyMap<string, string>): void {
  const { id, outcome, values } = fact;
  const seen = values.filter((value) => visible.has(value)).length;
  if (outcome === 'aborted' && seen > 0) {
    history.violate(`${id} was never committed, and ${seen} of its ${values.length} records are seen`);
  } else if (outcome === 'committed' && seen < values.length) {
    history.violate(`${id} was committed, and only ${seen} of its ${values.length} records are seen`);
  } else if (seen > 0 && seen < values.length) {
    history.violate(`${id} is seen in part: ${seen} of ${values.length} records`);
  }
}

function checkAllTransformed(
  { history }: Scene,
  contents: ReadonlyMap<string, PartitionContent>,
  sources: ReadonlyMap<string, string>,
): void {
  for (const [where, { committed }] of contents) {
    if (!where.startsWith(INPUT)) continue;
    const partition = where.slice(INPUT.length + 1);
    const missing = committed.filter(({ offset }) => !sources.has(`${partition}:${offset}`));
    if (missing.length > 0) {
      history.violate(
        `${missing.length} records of ${where} were never transformed, the first at ${missing[0]!.offset}`,
      );
    }
  }
}
