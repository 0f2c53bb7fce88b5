import type { DdlCommand } from '../catalog/commands.ts';
import type { Step } from './steps.ts';

/** A query that runs until it is terminated, as plain JSON. */
export type QueryPlan = {
  /** `CSAS_<NAME>_<n>`, `CTAS_<NAME>_<n>`, `INSERTQUERY_<n>` or `CST_<NAME>_<n>`. */
  readonly id: string;
  readonly sources: readonly string[];
  /** Null for the materialisation of a source table. */
  readonly sink: string | null;
  readonly step: Step;
};

/** The sink's topic as the statement wants it; null: as that of the left-most source. */
export type TopicWish = {
  readonly topic: string;
  readonly partitions: number | null;
  readonly replicas: number | null;
  readonly retentionMs: number | null;
  readonly cleanupPolicy: string | null;
};

/** All that a statement comes to: what the command log keeps. It survives JSON. */
export type KsqlPlan = {
  readonly version: 1;
  readonly statementText: string;
  readonly ddl: DdlCommand | null;
  readonly query: QueryPlan | null;
  /** A topic that has to be there before the plan is carried out. */
  readonly topic: TopicWish | null;
};
