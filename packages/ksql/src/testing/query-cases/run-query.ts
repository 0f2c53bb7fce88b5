import { StreamsBuilder } from '@millrace/streams';
import { TopologyTestDriver } from '@millrace/streams/testing';
import { CompileContext } from '../../compile/compile-context.ts';
import { compilePlan } from '../../compile/compile-steps.ts';
import { failureHandlers } from '../../compile/failure-handlers.ts';
import { SERVICE_ID, setting } from '../../lib/ksql-config.ts';
import { noteInternalTopics } from './internal-topics.ts';
import type { QueryRun } from './query-driver.ts';

const EMIT_INTERVAL_MS = 'ksql.streams.__emit.interval.ms.kstreams.windowed.aggregation__';

/** Runs a query on the streams test driver: one partition, a wall clock that stands still, every update at once. */
export function runQueryOnTestDriver({ query, compile, inputs, topics }: QueryRun): void {
  const builder = new StreamsBuilder({ defaultEngine: 'memory' });
  compilePlan(query.step, builder, new CompileContext(compile));
  const applicationId = `_confluent-ksql-${setting(compile.config, SERVICE_ID)}query_${query.id}`;
  const interval = setting(compile.config, EMIT_INTERVAL_MS);
  const topology = builder.build();
  noteInternalTopics(query.step, topology, { applicationId, topics });
  const driver = new TopologyTestDriver(topology, {
    applicationId,
    handlers: failureHandlers(compile.config),
    emitIntervalMs: Number(interval ?? 0),
  });
  for (const { topic, record } of inputs) {
    driver.pipe({ topic, ...record });
    for (const produced of driver.takeProduced()) topics.append(produced.topic, produced);
  }
}
