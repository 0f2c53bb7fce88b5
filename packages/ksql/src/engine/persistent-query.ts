import type { SharedSources } from '../compile/shared-sources.ts';
import type { SchemaRegistry } from '../formats/schema-registry/schema-registry.ts';
import type { FunctionRegistry } from '../functions/registry.ts';
import type { ProcessingLog } from '../processing-log/messages.ts';
import { compileQuery } from './compile-query.ts';
import type { PersistentQuery } from './engine-state.ts';
import { materializationOf } from './pull/materialization.ts';
import { persistentApplicationId, type QueryHost, QueryRun } from './query-run.ts';

type PersistentQueryHost = QueryHost & {
  readonly serviceId: string;
  readonly functions: FunctionRegistry;
  readonly registry: SchemaRegistry | undefined;
  readonly processingLog: ProcessingLog;
  readonly sources: SharedSources;
};

/** A query of the command topic, ready to start: compiled, under the application id that its state and offsets have. */
export function persistentQueryRun(
  query: PersistentQuery,
  host: PersistentQueryHost,
  onFailure: (failure: unknown) => void = () => {},
): QueryRun {
  const { id, config, plan } = query;
  const { topology, context } = compileQuery({ ...host, queryId: id, config, steps: plan.step });
  const applicationId = persistentApplicationId(host.serviceId, id);
  const materialization = materializationOf(plan.step, context);
  return new QueryRun({ applicationId, topology, materialization, config, onFailure }, host);
}
