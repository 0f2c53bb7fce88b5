import type { LogicalPlan } from '../logical-plan.ts';
import type { PlannerContext } from '../planner-context.ts';

/** A rewrite of a plan into one that gives the same results. Names stay, so that state is found again. */
export type Rule = (plan: LogicalPlan, context: PlannerContext) => LogicalPlan;
