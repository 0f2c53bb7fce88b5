import path from 'node:path';
import { MillraceError } from '@millrace/base';
import { crc32c } from '@millrace/protocol';
import type { Files, OpenFile } from '../storage/files.ts';
import { applyChanges, type ClusterChange, type ClusterImage, changesOf, EMPTY_IMAGE } from './cluster-image.ts';

/** A frame: length of the text (4 bytes), its CRC-32C (4 bytes), a JSON array of changes that happen together. */
const FRAME_HEADER_BYTES = 8;
const FRAME_BYTES_MAX = 256 * 1024 * 1024;

/** Bytes of log from which the next start begins with a snapshot again. */
const SNAPSHOT_AFTER_BYTES = 1024 * 1024;

/**
 * The cluster on disk: a snapshot, and a log of what changed since. A change is one frame; a frame that a crash tore is
 * cut off, and what it held never happened. (Kafka keeps this in a Raft log; one node has nobody to agree with.)
 */
export class MetadataLog {
  readonly #files: Files;
  readonly #snapshotPath: string;
  readonly #file: OpenFile;
  #sizeBytes = 0;
  #isDoubtful = false;
  #frameCount = 0;

  constructor(files: Files, folder: string) {
    this.#files = files;
    files.makeFolder(folder);
    this.#snapshotPath = path.join(folder, 'metadata.snapshot');
    this.#file = files.open(path.join(folder, 'metadata.log'));
  }

  /**
   * Reads what is there and cuts off a torn end.
   *
   * @throws MillraceError `METADATA_DAMAGED` when the snapshot is not whole: it was replaced as a whole, so this is no
   *   crash but a damaged disk.
   */
  load(): ClusterImage {
    let image = EMPTY_IMAGE;
    const snapshot = this.#files.readWhole(this.#snapshotPath);
    if (snapshot !== null) {
      const { frames, endBytes } = readFrames(snapshot);
      if (endBytes !== snapshot.byteLength || frames.length === 0) {
        throw new MillraceError(
          'METADATA_DAMAGED',
          `the file ${this.#snapshotPath} is damaged: restore it from a copy`,
        );
      }
      for (const changes of frames) image = applyChanges(image, changes);
    }
    const bytes = this.#files.readWhole(this.#file.path) ?? new Uint8Array(0);
    const { frames, endBytes } = readFrames(bytes);
    // After a crash between snapshot and cut, frames come twice: each sets a state, so that does no harm.
    for (const changes of frames)
      image = applyChanges(
        image,
        changes.filter((change) => isPossible(image, change)),
      );
    this.#sizeBytes = endBytes;
    this.#frameCount = frames.length;
    if (endBytes < bytes.byteLength) this.#file.truncate(endBytes);
    if (endBytes > SNAPSHOT_AFTER_BYTES) this.snapshot(image);
    return image;
  }

  append(changes: readonly ClusterChange[]): void {
    const frame = encodeFrame(changes);
    try {
      this.#file.write([frame], this.#sizeBytes);
    } catch (error) {
      this.#file.truncate(this.#sizeBytes);
      throw error;
    }
    this.#sizeBytes += frame.byteLength;
    this.#frameCount += 1;
  }

  /** How many frames were written since the last snapshot: what an offset is to Kafka's log of metadata. */
  get endOffset(): number {
    return this.#frameCount;
  }

  /** Puts everything on the device; whether that went well says {@link isDoubtful}. */
  async sync(): Promise<void> {
    try {
      await this.#file.sync();
    } catch {
      this.#isDoubtful = true;
    }
  }

  /** The same, and waits. */
  syncNow(): void {
    try {
      this.#file.syncNow();
    } catch {
      this.#isDoubtful = true;
    }
  }

  /**
   * Whether a sync failed: what it should have saved may be missing on the device, whatever later syncs say. Only a
   * {@link snapshot} helps.
   */
  get isDoubtful(): boolean {
    return this.#isDoubtful;
  }

  /** Writes the whole state anew, in one file that is on the device when this returns, and begins the log again. */
  snapshot(image: ClusterImage): void {
    this.#files.replace(this.#snapshotPath, encodeFrame(changesOf(image)));
    this.#file.truncate(0);
    this.#sizeBytes = 0;
    this.#isDoubtful = false;
    // Old changes must not come back on top of it.
    this.syncNow();
  }

  close(): void {
    this.#file.close();
  }
}

function isPossible(image: ClusterImage, change: ClusterChange): boolean {
  const needsTopic = change.kind === 'partitions-added' || change.kind === 'topic-configs-set';
  return !needsTopic || image.topics.has(change.name);
}

function encodeFrame(changes: readonly ClusterChange[]): Uint8Array {
  const text = Buffer.from(JSON.stringify(changes));
  const frame = Buffer.allocUnsafe(FRAME_HEADER_BYTES + text.byteLength);
  frame.writeUInt32BE(text.byteLength, 0);
  frame.writeUInt32BE(crc32c(text), 4);
  text.copy(frame, FRAME_HEADER_BYTES);
  return frame;
}

function readFrames(bytes: Uint8Array): { readonly frames: ClusterChange[][]; readonly endBytes: number } {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const frames: ClusterChange[][] = [];
  let at = 0;
  while (buffer.byteLength - at >= FRAME_HEADER_BYTES) {
    const length = buffer.readUInt32BE(at);
    const text = buffer.subarray(at + FRAME_HEADER_BYTES, at + FRAME_HEADER_BYTES + length);
    const isWhole = length > 0 && length <= FRAME_BYTES_MAX && text.byteLength === length;
    if (!isWhole || crc32c(text) !== buffer.readUInt32BE(at + 4)) break;
    frames.push(JSON.parse(text.toString('utf8')) as ClusterChange[]);
    at += FRAME_HEADER_BYTES + length;
  }
  return { frames, endBytes: at };
}
