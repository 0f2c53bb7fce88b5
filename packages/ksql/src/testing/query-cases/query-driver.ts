import type { CompileOptions } from '../../compile/compile-context.ts';
import type { QueryPlan } from '../../steps/ksql-plan.ts';
import type { CaseTopics, TopicRecord } from './topics.ts';

export type QueryRun = {
  readonly query: QueryPlan;
  readonly compile: CompileOptions;
  /** In the order in which they are piped. */
  readonly inputs: readonly { readonly topic: string; readonly record: TopicRecord }[];
  /** Gets what the query writes, record by record. */
  readonly topics: CaseTopics;
};

/** Runs one query over all of its input. */
export type RunQuery = (run: QueryRun) => void;
