/** ksqlDB's name for the topic of a service's statements. */
export function commandTopicOf(serviceId: string): string {
  return `_confluent-ksql-${serviceId}_command_topic`;
}

/** The log is the memory of the service: nothing of it may expire or be compacted away. */
export const COMMAND_TOPIC_CONFIGS: Readonly<Record<string, string>> = {
  'retention.ms': '-1',
  'retention.bytes': '-1',
  'cleanup.policy': 'delete',
};
