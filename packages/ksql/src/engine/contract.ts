// Stands for what plan/ will export; goes when it is there.
import type { DdlCommand } from '../catalog/commands.ts';

export type QueryPlan = {
  readonly queryId: string;
  readonly sources: readonly string[];
  readonly sink: string | null;
  readonly physicalPlan: unknown;
};
export type KsqlPlan = {
  readonly statementText: string;
  readonly ddlCommand: DdlCommand | null;
  readonly queryPlan: QueryPlan | null;
};
