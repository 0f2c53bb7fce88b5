import { type KeyValueStore, StreamsBuilder, type WindowStore } from '@millrace/streams';
import { TopologyTestDriver } from '@millrace/streams/testing';
import { CompileContext, type CompileOptions } from '../../compile/compile-context.ts';
import { compilePlan } from '../../compile/compile-steps.ts';
import { failureHandlers } from '../../compile/failure-handlers.ts';
import type { QueryPlan } from '../../steps/ksql-plan.ts';
import { type Step, stepInputs } from '../../steps/steps.ts';
import type { TopicRecord } from '../query-cases/topics.ts';

export type Produced = { readonly topic: string; readonly record: TopicRecord };

/** A query of a SQL test, which goes on while statements come and go. */
export class RunningQuery {
  readonly plan: QueryPlan;
  readonly #driver: TopologyTestDriver;

  constructor(plan: QueryPlan, options: CompileOptions) {
    this.plan = plan;
    const builder = new StreamsBuilder({ defaultEngine: 'memory' });
    compilePlan(plan.step, builder, new CompileContext(options));
    this.#driver = new TopologyTestDriver(builder.build(), {
      applicationId: `_confluent-ksql-testquery_${plan.id}`,
      handlers: failureHandlers(options.config),
    });
  }

  reads(topic: string): boolean {
    return sourceTopics(this.plan.step).includes(topic);
  }

  pipe(topic: string, record: TopicRecord): readonly Produced[] {
    this.#driver.pipe({ topic, ...record });
    return this.#driver.takeProduced().map(({ topic: written, ...produced }) => ({ topic: written, record: produced }));
  }

  /** Takes over the rows of a query that this one replaces. */
  takeOver(replaced: RunningQuery): void {
    for (const name of this.#driver.storeNames) copyStore(replaced.#driver, this.#driver, name);
    this.#driver.takeProduced();
  }
}

function sourceTopics(step: Step): readonly string[] {
  return 'sourceSchema' in step ? [step.topic] : stepInputs(step).flatMap(sourceTopics);
}

/** Rows as they are stored; windows that are replaced are refused before they get here. */
function copyStore(from: TopologyTestDriver, to: TopologyTestDriver, name: string): void {
  const [source, target] = [from.getStateStore(name), to.getStateStore(name)];
  if (source === null || target === null || !('all' in source)) return;
  if ('fetchAll' in source) {
    const windows = target as WindowStore<unknown, unknown>;
    for (const [{ key, window }, row] of (source as WindowStore<unknown, unknown>).all()) {
      windows.put(key, row, window.startMs);
    }
    return;
  }
  const rows = target as KeyValueStore<unknown, unknown>;
  for (const [key, row] of (source as KeyValueStore<unknown, unknown>).all()) rows.put(key, row);
}
