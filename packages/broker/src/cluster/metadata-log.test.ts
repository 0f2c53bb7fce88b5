import { expect, test } from 'vitest';
import { MemoryFiles } from '../storage/memory-files.ts';
import { applyChanges, type ClusterChange, EMPTY_IMAGE } from './cluster-image.ts';
import { MetadataLog } from './metadata-log.ts';

const FOLDER = '/data';

const topic = (name: string, partitionCount = 1) => ({ name, id: `id-of-${name}`, partitionCount, configs: {} });

const HISTORY: readonly ClusterChange[][] = [
  [{ kind: 'cluster-created', clusterId: 'c' }],
  [
    { kind: 'topic-created', topic: topic('a') },
    { kind: 'topic-created', topic: topic('b', 3) },
  ],
  [{ kind: 'partitions-added', name: 'a', partitionCount: 5 }],
  [{ kind: 'topic-configs-set', name: 'b', configs: { 'retention.ms': '5' } }],
  [{ kind: 'topic-deleted', name: 'a' }],
  [{ kind: 'producer-ids-reserved', nextProducerId: 1000 }],
];

function imageAfter(count: number) {
  return HISTORY.slice(0, count).reduce(applyChanges, EMPTY_IMAGE);
}

test('a log that is torn at any byte gives the state after a whole number of changes, and takes new ones', () => {
  const files = new MemoryFiles();
  const log = new MetadataLog(files, FOLDER);
  log.load();
  const ends = HISTORY.map((changes) => {
    log.append(changes);
    return files.open(`${FOLDER}/metadata.log`).size();
  });
  for (let cut = 0; cut <= ends.at(-1)!; cut++) {
    const torn = files.clone();
    torn.open(`${FOLDER}/metadata.log`).truncate(cut);
    const again = new MetadataLog(torn, FOLDER);
    const whole = ends.filter((end) => end <= cut).length;
    expect(again.load()).toEqual(imageAfter(whole));
    again.append([{ kind: 'cluster-created', clusterId: 'after' }]);
    expect(new MetadataLog(torn, FOLDER).load().clusterId).toBe('after');
  }
});

test('a long log becomes a snapshot, and a crash between snapshot and cut changes nothing', () => {
  const files = new MemoryFiles();
  const log = new MetadataLog(files, FOLDER);
  log.load();
  for (const changes of HISTORY) log.append(changes);
  const configs = { padding: 'x'.repeat(2 * 1024 * 1024) };
  log.append([{ kind: 'topic-configs-set', name: 'b', configs }]);
  const whole = files.readWhole(`${FOLDER}/metadata.log`)!;
  const expected = new MetadataLog(files, FOLDER).load();
  expect(files.open(`${FOLDER}/metadata.log`).size()).toBe(0);
  expect(new MetadataLog(files, FOLDER).load()).toEqual(expected);
  files.replace(`${FOLDER}/metadata.log`, whole);
  expect(new MetadataLog(files, FOLDER).load()).toEqual(expected);
});

test('a damaged snapshot is an error, never an empty cluster', () => {
  const files = new MemoryFiles();
  files.replace(`${FOLDER}/metadata.snapshot`, Buffer.from('damaged'));
  expect(() => new MetadataLog(files, FOLDER).load()).toThrow(expect.objectContaining({ code: 'METADATA_DAMAGED' }));
});
