import { MillraceError } from '@millrace/base';
import type { Client } from '@millrace/client';
import { COMMAND_TOPIC_CONFIGS, commandTopicOf } from '../command-topic.ts';
import { readBackup } from './backup-file.ts';

const GONE_ATTEMPTS_MAX = 100;
const GONE_POLL_MS = 100;

/**
 * Makes the command topic of a service anew, from a backup. All servers of the service are to be stopped.
 * @throws MillraceError `BACKUP_FAILED`, and those of the client
 */
export async function restoreCommandTopic(
  client: Client,
  { path, serviceId }: { readonly path: string; readonly serviceId: string },
): Promise<{ readonly topic: string; readonly recordCount: number }> {
  const records = readBackup(path);
  const topic = commandTopicOf(serviceId);
  const exists = async (): Promise<boolean> => (await client.admin.listTopics()).some(({ name }) => name === topic);
  if (await exists()) {
    await client.admin.deleteTopics([topic]);
    for (let attempt = 1; await exists(); attempt++) {
      if (attempt === GONE_ATTEMPTS_MAX) {
        throw new MillraceError('BACKUP_FAILED', `${topic} was deleted and is still there: try again later`);
      }
      await new Promise((resolve) => setTimeout(resolve, GONE_POLL_MS));
    }
  }
  await client.admin.createTopics([{ name: topic, partitionCount: 1, configs: COMMAND_TOPIC_CONFIGS }]);
  // One after the other: a command counts only at the place that it was decided for.
  await using producer = client.producer({ lingerMs: 0 });
  for (const { key, value } of records) await producer.send({ topic, partition: 0, key, value });
  return { topic, recordCount: records.length };
}
