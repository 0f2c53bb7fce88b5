import path from 'node:path';
import type { Files } from '../storage/files.ts';
import { readOffsetCheckpoint, writeOffsetCheckpoint } from './checkpoints.ts';

const LOG_START_FILE = 'log-start-offset-checkpoint';
const RECOVERY_FILE = 'recovery-point-offset-checkpoint';

/** Where each log begins, and up to where it is on the device, in two of Kafka's checkpoint files. */
export class LogCheckpoints {
  readonly #files: Files;
  readonly #logStartPath: string;
  readonly #recoveryPath: string;
  readonly #logStartOffsets: Map<string, number>;
  readonly #recoveryPoints: Map<string, number>;

  constructor(files: Files, folder: string) {
    this.#files = files;
    this.#logStartPath = path.join(folder, LOG_START_FILE);
    this.#recoveryPath = path.join(folder, RECOVERY_FILE);
    this.#logStartOffsets = readOffsetCheckpoint(files, this.#logStartPath);
    this.#recoveryPoints = readOffsetCheckpoint(files, this.#recoveryPath);
  }

  logStartOffset(name: string): number {
    return this.#logStartOffsets.get(name) ?? 0;
  }

  recoveryPoint(name: string): number {
    return this.#recoveryPoints.get(name) ?? 0;
  }

  /** Takes over where logs begin. It is on the device when this returns: deleted records must not come back. */
  saveLogStarts(logs: Iterable<{ readonly name: string; readonly logStartOffset: number }>): void {
    for (const { name, logStartOffset } of logs) this.#logStartOffsets.set(name, logStartOffset);
    writeOffsetCheckpoint(this.#files, this.#logStartPath, this.#logStartOffsets, { sync: true });
  }

  /** Takes over up to where logs are on the device; after a power cut an older point only means a longer recovery. */
  saveRecoveryPoints(
    logs: Iterable<{ readonly name: string; readonly recoveryPoint: number }>,
    options: { readonly sync: boolean } = { sync: false },
  ): void {
    let changed = options.sync;
    for (const { name, recoveryPoint } of logs) {
      if (this.#recoveryPoints.get(name) === recoveryPoint) continue;
      this.#recoveryPoints.set(name, recoveryPoint);
      changed = true;
    }
    if (changed) writeOffsetCheckpoint(this.#files, this.#recoveryPath, this.#recoveryPoints, options);
  }

  /** The log of a partition is gone. */
  forget(name: string): void {
    this.#logStartOffsets.delete(name);
    this.#recoveryPoints.delete(name);
  }
}
