import { KsqlException } from '../lib/ksql-exception.ts';
import { commandTopicOf } from './command-topic.ts';
import type { EngineParts } from './engine-parts.ts';
import type { CommandStatusResult } from './results.ts';
import { closeParts } from './start-parts.ts';

/**
 * Ends a service for good: its queries with their state and internal topics, those topics of its sinks that are meant,
 * and the command topic; then this engine. Other engines are to be stopped before.
 */
export async function terminateCluster(
  parts: EngineParts,
  matchers: readonly RegExp[],
  timeoutMs: number,
): Promise<CommandStatusResult> {
  const { catalog } = parts.state();
  const { position } = parts.log;
  const sinks = [...catalog.queries.values()].flatMap(({ sink, createdSink }) => (createdSink ? [sink] : []));
  const own = new Set(sinks.flatMap((sink) => catalog.sources.get(sink ?? '')?.topic ?? []));
  const doomed = [...own].filter((topic) => matchers.some((matcher) => matcher.test(topic)));
  try {
    await parts.transient.close();
    await parts.log.close();
    await parts.running.follow(new Map());
    await parts.topics.delete([...doomed, commandTopicOf(parts.serviceId)]);
  } finally {
    await closeParts(parts, timeoutMs);
  }
  return {
    kind: 'currentStatus',
    statementText: 'TERMINATE CLUSTER;',
    commandId: 'cluster/TerminateCluster/terminate',
    commandSequenceNumber: position,
    commandStatus: { status: 'SUCCESS', message: 'Cluster terminated.', queryId: null },
  };
}

/** What matches topics by their whole names. @throws KsqlException for what is no pattern */
export function topicMatchers(patterns: readonly string[]): readonly RegExp[] {
  return patterns.map((pattern) => {
    try {
      return new RegExp(`^(?:${pattern})$`);
    } catch {
      throw new KsqlException(`Invalid pattern: ${pattern}`);
    }
  });
}
