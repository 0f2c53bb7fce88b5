import { expect, test } from 'vitest';
import { MemoryFiles } from '../storage/memory-files.ts';
import { readEpochCheckpoint, writeEpochCheckpoint } from './checkpoints.ts';
import { LeaderEpochs } from './leader-epochs.ts';

const PATH = '/data/leader-epoch-checkpoint';
const EPOCHS = [
  { epoch: 0, startOffset: 0 },
  { epoch: 3, startOffset: 217 },
];

test('a checkpoint that a power cut left in part says nothing, rather than something wrong', () => {
  const files = new MemoryFiles();
  writeEpochCheckpoint(files, PATH, EPOCHS);
  expect(readEpochCheckpoint(files, PATH)).toEqual(EPOCHS);
  const whole = files.readWhole(PATH)!;
  for (let kept = 0; kept < whole.byteLength; kept++) {
    const zeros = Buffer.alloc(whole.byteLength);
    zeros.set(whole.subarray(0, kept));
    for (const left of [whole.subarray(0, kept), zeros]) {
      files.replace(PATH, left);
      expect(readEpochCheckpoint(files, PATH), `${kept} bytes`).toEqual([]);
      // What is read in the log itself is believed again.
      const epochs = new LeaderEpochs(files, '/data');
      epochs.note(3, 217);
      expect(epochs.epochAt(300)).toBe(3);
    }
  }
});
