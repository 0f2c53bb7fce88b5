import type { LogicalPlan } from '../logical-plan.ts';
import type { PlannerContext } from '../planner-context.ts';
import { alignJoinKeys } from './align-join-keys.ts';
import { pruneColumns } from './prune-columns.ts';
import { removeNeedlessRekeys } from './remove-needless-rekeys.ts';
import type { Rule } from './rule.ts';

/** In the order in which they run; each sees what those before it left. */
export const RULES: readonly (readonly [name: string, rule: Rule])[] = [
  ['align join keys', alignJoinKeys],
  ['remove needless rekeys', removeNeedlessRekeys],
  ['prune columns', pruneColumns],
];

export function applyRules(plan: LogicalPlan, context: PlannerContext): LogicalPlan {
  return RULES.reduce((rewritten, [, rule]) => rule(rewritten, context), plan);
}
