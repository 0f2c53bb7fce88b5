import { KsqlException } from '../../lib/ksql-exception.ts';
import type { PlanNode } from '../logical-plan.ts';
import { mapNodes } from '../map-nodes.ts';
import { hasComparableBytes, hasFormatAlready, hasKeyAlready } from './rekeys.ts';
import type { Rule } from './rule.ts';

/**
 * A join's side that is keyed already by what it joins on, in the join's own format, needs no new key. Where one is left,
 * it has to be possible: keys with windows can't be made anew.
 */
export const removeNeedlessRekeys: Rule = (plan) => ({ ...plan, root: mapNodes(plan.root, rewrite) });

function rewrite(node: PlanNode): PlanNode {
  if (node.kind !== 'rekey') return node;
  const isSameKey = node.reason === 'join' && hasKeyAlready(node);
  const isComparable = hasComparableBytes(node);
  if (isSameKey && isComparable && hasFormatAlready(node)) return node.input;
  // Keys that are written anew only for their schema's sake keep their windows.
  if (node.input.windowed && !(isSameKey && !isComparable)) {
    throw new KsqlException(
      'Implicit repartitioning of windowed sources is not supported. See https://github.com/confluentinc/ksql/issues/4385.',
    );
  }
  return node;
}
