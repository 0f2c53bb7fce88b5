import { illegalArgument } from '../../errors.ts';
import type { StreamsSettings } from './settings.ts';

type Setting = keyof StreamsSettings;

type SettingType = 'text' | 'number' | 'boolean';

/** Kafka's spelling of each setting, and how its text is read. */
const SETTINGS: Readonly<Record<string, { readonly name: Setting; readonly type: SettingType }>> = {
  'acceptable.recovery.lag': { name: 'acceptableRecoveryLag', type: 'number' },
  'application.id': { name: 'applicationId', type: 'text' },
  'application.server': { name: 'applicationServer', type: 'text' },
  'auto.offset.reset': { name: 'autoOffsetReset', type: 'text' },
  'buffered.records.per.partition': { name: 'bufferedRecordsPerPartition', type: 'number' },
  'commit.interval.ms': { name: 'commitIntervalMs', type: 'number' },
  'delivery.timeout.ms': { name: 'deliveryTimeoutMs', type: 'number' },
  'errors.dead.letter.queue.topic.name': { name: 'deadLetterTopic', type: 'text' },
  'group.instance.id': { name: 'groupInstanceId', type: 'text' },
  'isolation.level': { name: 'isolationLevel', type: 'text' },
  'heartbeat.interval.ms': { name: 'heartbeatIntervalMs', type: 'number' },
  'max.task.idle.ms': { name: 'maxTaskIdleMs', type: 'number' },
  'max.warmup.replicas': { name: 'maxWarmupReplicas', type: 'number' },
  'metadata.max.age.ms': { name: 'metadataMaxAgeMs', type: 'number' },
  'num.standby.replicas': { name: 'numStandbyReplicas', type: 'number' },
  'num.stream.threads': { name: 'numStreamThreads', type: 'number' },
  'poll.ms': { name: 'pollMs', type: 'number' },
  'processing.exception.handler.global.enabled': { name: 'processingExceptionHandlerGlobalEnabled', type: 'boolean' },
  'processing.guarantee': { name: 'processingGuarantee', type: 'text' },
  'repartition.purge.interval.ms': { name: 'repartitionPurgeIntervalMs', type: 'number' },
  'replication.factor': { name: 'replicationFactor', type: 'number' },
  'session.timeout.ms': { name: 'sessionTimeoutMs', type: 'number' },
  'state.cleanup.delay.ms': { name: 'stateCleanupDelayMs', type: 'number' },
  'state.dir': { name: 'stateDir', type: 'text' },
  'statestore.cache.max.bytes': { name: 'stateStoreCacheMaxBytes', type: 'number' },
  'task.timeout.ms': { name: 'taskTimeoutMs', type: 'number' },
  'transaction.timeout.ms': { name: 'transactionTimeoutMs', type: 'number' },
};

/**
 * Reads settings that stand under Kafka's names. A name that is not known is refused rather than ignored: a setting
 * that does nothing is a mistake found late.
 */
export function fromKafkaNames(config: Readonly<Record<string, string>>): Partial<StreamsSettings> {
  const settings: Record<string, string | number | boolean> = {};
  for (const [key, text] of Object.entries(config)) {
    // Where the brokers are is the client's business.
    if (key === 'bootstrap.servers') continue;
    const setting = SETTINGS[key];
    if (setting === undefined) {
      throw illegalArgument(`unknown setting ${key}; known are ${Object.keys(SETTINGS).join(', ')}`);
    }
    settings[setting.name] = valueOfType(setting.type, key, text);
  }
  return settings as Partial<StreamsSettings>;
}

function valueOfType(type: SettingType, key: string, text: string): string | number | boolean {
  switch (type) {
    case 'text':
      return text;
    case 'number':
      return numberOf(key, text);
    case 'boolean':
      return booleanOf(key, text);
  }
}

function booleanOf(key: string, text: string): boolean {
  const boolean = text.trim().toLowerCase();
  if (boolean === 'true' || boolean === 'false') return boolean === 'true';
  throw illegalArgument(`the setting ${key} must be true or false, not ${JSON.stringify(text)}`);
}

function numberOf(key: string, text: string): number {
  const number = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(number)) return number;
  throw illegalArgument(`the setting ${key} must be a whole number, not ${JSON.stringify(text)}`);
}
