import type { Logger } from '@millrace/base';
import type { Files } from '../storage/files.ts';
import type { LogConfig } from './log-config.ts';
import type { LogWriterOptions } from './log-writer.ts';

/** What all logs of a broker share. */
export type LogServices = LogWriterOptions & {
  readonly files: Files;
  readonly logger: Logger;
};

export type PartitionLogOptions = {
  readonly topic: string;
  readonly partition: number;
  readonly folder: string;
  readonly config: LogConfig;
  readonly leaderEpoch: number;
  readonly recoveryPoint: number;
  readonly logStartOffset: number;
  readonly isClean: boolean;
  /** A segment was closed, and what is in it is on the device. */
  readonly onSegmentSynced?: () => void;
};
