import { MillraceError } from '@millrace/base';
import type { TopicPartition } from '@millrace/client';

export type PlannedOffset = TopicPartition & { readonly offset: number };

/** Kafka's tool puts names into quotation marks where they might hold a comma. */
const LINE = /^\s*(?:"([^"]+)"|([^",]+))\s*,\s*(\d+)\s*,\s*(-?\d+)\s*$/;

/**
 * Reads `TOPIC,PARTITION,OFFSET` lines, as Kafka's own tool writes and reads them.
 *
 * @throws MillraceError `USAGE` that names file and line.
 */
export function parsePlan(text: string, file: string): readonly PlannedOffset[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    if (line.trim() === '') return [];
    const match = LINE.exec(line);
    if (match === null) {
      throw new MillraceError('USAGE', `${file}:${index + 1}: '${line}' is not TOPIC,PARTITION,OFFSET`);
    }
    return [{ topic: match[1] ?? match[2]!, partition: Number(match[3]), offset: Number(match[4]) }];
  });
}

export function formatPlan(offsets: readonly (TopicPartition & { readonly to: number })[]): string {
  return offsets.map(({ topic, partition, to }) => `"${topic}",${partition},${to}\n`).join('');
}
