import type { Clock, Closeable, Logger } from '@millrace/base';
import type { Client } from '@millrace/client';
import type { ProcessingLog } from '../processing-log/messages.ts';
import { type ProcessingLogSettings, ProcessingLogTopic } from './processing-log-topic.ts';
import type { TopicStatistics } from './statistics/topic-statistics.ts';
import type { Topics } from './topics.ts';

/** The processing log as the engine's own log shows it, under ksqlDB's logger names. */
function loggedProcessing({ logger, statistics }: Pick<Host, 'logger' | 'statistics'>): ProcessingLog {
  return {
    report(told) {
      const { kind, logger: name, message, cause } = told;
      if (told.kind === 'deserialization-error') statistics.failed(told.topic);
      logger.warn(message, { logger: name, type: kind, cause });
    },
  };
}

type Host = {
  readonly client: Client;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly topics: Topics;
  readonly settings: ProcessingLogSettings;
  /** Counts the records that could not be read. */
  readonly statistics: TopicStatistics;
};

/** The engine's log, and the topic beside it where the settings ask for one. @throws MillraceError of the client */
export async function openProcessingLog({ topics, ...host }: Host): Promise<ProcessingLog & Partial<Closeable>> {
  const next = loggedProcessing(host);
  return host.settings.createsTopic ? ProcessingLogTopic.open({ ...host, next }, topics) : next;
}
