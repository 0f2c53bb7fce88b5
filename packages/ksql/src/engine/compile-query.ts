import { type Clock, type Random, systemRandom } from '@millrace/base';
import { StreamsBuilder, type Topology } from '@millrace/streams';
import { CompileContext } from '../compile/compile-context.ts';
import { compilePlan } from '../compile/compile-steps.ts';
import type { Holder } from '../compile/holders.ts';
import type { SharedSources } from '../compile/shared-sources.ts';
import type { SchemaRegistry } from '../formats/schema-registry/schema-registry.ts';
import type { FunctionContext } from '../functions/function.ts';
import type { FunctionRegistry } from '../functions/registry.ts';
import type { KsqlConfig } from '../lib/ksql-config.ts';
import type { ProcessingLog } from '../processing-log/messages.ts';
import type { Step } from '../steps/steps.ts';

type CompileQueryOptions = {
  readonly queryId: string;
  readonly steps: Step;
  readonly config: KsqlConfig;
  readonly functions: FunctionRegistry;
  readonly registry: SchemaRegistry | undefined;
  readonly clock: Clock;
  /** What goes wrong with records. */
  readonly processingLog: ProcessingLog;
  /** What the queries of the engine read together. */
  readonly sources?: SharedSources;
  /** What is done with the results of steps that end in no sink. */
  readonly attach?: (results: Holder) => void;
};

type CompiledQuery = { readonly topology: Topology; readonly context: CompileContext };

/** The topology of a query. */
export function compileQuery(options: CompileQueryOptions): CompiledQuery {
  const context = compileContext(options);
  const builder = new StreamsBuilder();
  const results = compilePlan(options.steps, builder, context);
  options.attach?.(results);
  return { topology: builder.build(), context };
}

type ContextOptions = Omit<CompileQueryOptions, 'steps' | 'attach'>;

export function compileContext({
  queryId,
  config,
  functions,
  registry,
  clock,
  processingLog,
  sources,
}: ContextOptions): CompileContext {
  return new CompileContext({
    queryId,
    functions,
    config,
    registry,
    processingLog,
    sources,
    functionContext: functionContext({ clock, random: systemRandom, config }),
  });
}

/** What functions see of the world: the engine's clock, and UTC where they were given no zone. */
export function functionContext({
  clock,
  random,
  config,
}: {
  readonly clock: Clock;
  readonly random: Random;
  readonly config: KsqlConfig;
}): FunctionContext {
  return { clock, random, timeZone: 'UTC', setting: (name) => config[name]?.toString() };
}
