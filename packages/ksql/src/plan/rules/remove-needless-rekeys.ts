import { KsqlException } from '../../lib/ksql-exception.ts';
import type { PlanNode, RekeyNode } from '../logical-plan.ts';
import { mapNodes } from '../map-nodes.ts';
import type { Rule } from './apply-rules.ts';

/**
 * A join's side that is keyed already by what it joins on needs no new key. What is left has to be possible: windowed
 * keys and tables can't be given another key.
 */
export const removeNeedlessRekeys: Rule = (plan) => ({ ...plan, root: mapNodes(plan.root, rewrite) });

function rewrite(node: PlanNode): PlanNode {
  if (node.kind !== 'rekey') return node;
  if (hasKeyAlready(node)) return node.reason === 'join' ? node.input : node;
  if (node.input.windowed) {
    throw new KsqlException(
      'Implicit repartitioning of windowed sources is not supported. See https://github.com/confluentinc/ksql/issues/4385.',
    );
  }
  return node;
}

function hasKeyAlready({ expressions, input }: RekeyNode): boolean {
  const { key } = input.schema;
  return (
    expressions.length === key.length &&
    expressions.every((expression, position) => expression.kind === 'column' && expression.name === key[position]!.name)
  );
}
