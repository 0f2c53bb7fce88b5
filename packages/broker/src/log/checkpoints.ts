import { dataFormatTooNew } from '../storage/data-format.ts';
import type { Files, ReplaceOptions } from '../storage/files.ts';

export type TopicPartition = { readonly topic: string; readonly partition: number };

const VERSION = 0;

/** The key under which maps keep a partition; also the name of its folder. */
export function partitionName(topic: string, partition: number): string {
  return `${topic}-${partition}`;
}

/** The partition whose folder has this name, or null when no folder of a partition is called so. */
export function parsePartitionName(name: string): TopicPartition | null {
  const dash = name.lastIndexOf('-');
  const digits = name.slice(dash + 1);
  return dash <= 0 || !/^\d{1,10}$/.test(digits) ? null : { topic: name.slice(0, dash), partition: Number(digits) };
}

/** Kafka's offset checkpoint: a version, a count, and a line `topic partition offset` each. By partition name. */
export function readOffsetCheckpoint(files: Files, path: string): Map<string, number> {
  const offsets = new Map<string, number>();
  for (const [topic, partition, offset] of readCheckpointLines(files, path, 3)) {
    offsets.set(partitionName(topic!, Number(partition)), Number(offset));
  }
  return offsets;
}

/** Without `sync` a power cut may leave the old offsets. */
export function writeOffsetCheckpoint(
  files: Files,
  path: string,
  offsets: ReadonlyMap<string, number>,
  { sync }: ReplaceOptions,
): void {
  const lines = [...offsets].map(([name, offset]) => {
    const { topic, partition } = parsePartitionName(name)!;
    return `${topic} ${partition} ${offset}`;
  });
  writeCheckpointLines(files, path, lines, { sync });
}

export type LeaderEpochStart = { readonly epoch: number; readonly startOffset: number };

/** Kafka's `leader-epoch-checkpoint`: a line `epoch startOffset` for each epoch that has records. */
export function readEpochCheckpoint(files: Files, path: string): LeaderEpochStart[] {
  return readCheckpointLines(files, path, 2).map(([epoch, offset]) => ({
    epoch: Number(epoch),
    startOffset: Number(offset),
  }));
}

export function writeEpochCheckpoint(files: Files, path: string, epochs: readonly LeaderEpochStart[]): void {
  const lines = epochs.map(({ epoch, startOffset }) => `${epoch} ${startOffset}`);
  // Written with the first record of each partition: too dear to wait for the device a thousand times. What a power cut
  // takes is only that an old epoch is not known.
  writeCheckpointLines(files, path, lines, { sync: false });
}

export function writeCheckpointLines(
  files: Files,
  path: string,
  lines: readonly string[],
  options: ReplaceOptions,
): void {
  files.replace(path, Buffer.from(`${[VERSION, lines.length, ...lines].join('\n')}\n`), options);
}

/**
 * The fields of each line of a checkpoint; none when the file is missing or damaged, as one that was written without a
 * sync may be after a power cut: cut off in the middle of a number, or zeros at its end.
 *
 * @throws MillraceError `DATA_FORMAT_TOO_NEW`
 */
export function readCheckpointLines(files: Files, path: string, fieldCount: number): string[][] {
  const bytes = files.readWhole(path);
  if (bytes === null) return [];
  const text = Buffer.from(bytes).toString('utf8');
  const [version, count, ...lines] = text.trim().split('\n');
  if (Number(version) > VERSION) throw dataFormatTooNew(path, Number(version), VERSION);
  const isWhole = Number(version) === VERSION && text.endsWith('\n') && Number(count) === lines.length;
  if (!isWhole) return [];
  return lines.map((line) => line.split(' ')).filter((fields) => fields.length === fieldCount);
}
