import type { FormatInfo } from '../../catalog/data-source.ts';
import { DEFAULT_KEY_FORMAT, setting } from '../../lib/ksql-config.ts';
import { type JoinNode, type PlanNode, sourcesOf } from '../logical-plan.ts';
import type { PlannerContext } from '../planner-context.ts';
import { hasKeyAlready } from './rekeys.ts';
import type { Rule } from './rule.ts';

/**
 * Joined sides find each other by the bytes of their keys, so all sides of a tree of joins write keys in one format: that
 * of the left-most side that would keep its key as it is, else that of the left-most source with keys (KLIP-33).
 */
export const alignJoinKeys: Rule = (plan, context) => ({ ...plan, root: align(plan.root, context) });

function align(node: PlanNode, context: PlannerContext): PlanNode {
  switch (node.kind) {
    case 'source':
      return node;
    case 'join':
      return withKeyFormat(node, preferredFormat(node) ?? firstFormat(node, context), context);
    default:
      return { ...node, input: align(node.input, context) };
  }
}

/** A side that gets a new key anyway may have been joined under another one before. */
function withKeyFormat(node: PlanNode, keyFormat: FormatInfo, context: PlannerContext): PlanNode {
  switch (node.kind) {
    case 'source':
      return node;
    case 'join': {
      const [left, right] = [node.left, node.right].map((side) => withKeyFormat(side, keyFormat, context));
      return { ...node, left: left!, right: right!, keyFormat };
    }
    case 'rekey':
      return { ...node, keyFormat, input: align(node.input, context) };
    default:
      return { ...node, input: withKeyFormat(node.input, keyFormat, context) };
  }
}

/** Of a side that needs no other key. */
function preferredFormat(node: PlanNode): FormatInfo | undefined {
  switch (node.kind) {
    case 'source':
      return node.source.keyFormat;
    case 'join':
      return preferredFormat(node.left) ?? preferredFormat(node.right);
    case 'rekey':
      return hasKeyAlready(node) ? preferredFormat(node.input) : undefined;
    default:
      return preferredFormat(node.input);
  }
}

function firstFormat(join: JoinNode, { config }: PlannerContext): FormatInfo {
  const formats = sourcesOf(join).map(({ source }) => source.keyFormat);
  const withKeys = formats.find(({ format }) => format !== 'NONE');
  return withKeys ?? { format: setting(config, DEFAULT_KEY_FORMAT)!, properties: {} };
}
