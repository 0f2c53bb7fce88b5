import { seededRandom } from '@millrace/base';
import { expect, test } from 'vitest';
import type { FlushPolicy } from '../log/log-config.ts';
import { FaultyFiles } from '../storage/faulty-files.ts';
import { MemoryFiles } from '../storage/memory-files.ts';
import { BrokerConfig } from './broker-config.ts';
import { Cluster } from './cluster.ts';
import { applyChanges, type ClusterChange, EMPTY_IMAGE } from './cluster-image.ts';

function openCluster(files: FaultyFiles, isClean: boolean, flush: FlushPolicy = 'os'): Cluster {
  const random = seededRandom(1);
  return new Cluster({ files, folder: '/data', random, config: new BrokerConfig({}), flush, isClean });
}

test('no producer id and no leader epoch is given out again after a power cut, whatever the flush policy', () => {
  const files = new FaultyFiles(new MemoryFiles());
  const first = openCluster(files, true);
  const ids = [first.nextProducerId(), first.nextProducerId()];
  files.losePower();
  const second = openCluster(files, false);
  const epoch = second.image.leaderEpoch;
  ids.push(second.nextProducerId());
  files.losePower();
  const third = openCluster(files, false);
  ids.push(third.nextProducerId());
  expect(new Set(ids).size).toBe(ids.length);
  expect(third.image.leaderEpoch).toBeGreaterThan(epoch);
});

test('after a sync that failed the state is written anew, so that a power cut takes nothing that was answered', async () => {
  const files = new FaultyFiles(new MemoryFiles());
  const before = openCluster(files, true, 'always');
  const topic = (name: string) => ({ name, id: `id-of-${name}`, partitionCount: 1, configs: {} });
  files.faults.failSync = true;
  await before.change([{ kind: 'topic-created', topic: topic('a') }]);
  files.faults.failSync = false;
  await before.change([{ kind: 'topic-created', topic: topic('b') }]);
  files.losePower();
  const after = openCluster(files, false, 'always');
  expect([...after.image.topics.keys()]).toEqual(['a', 'b']);
});

test('neither ids nor epochs go back when an old log is read again on top of a newer snapshot', () => {
  const newer: ClusterChange[] = [
    { kind: 'leader-epoch-raised', leaderEpoch: 7 },
    { kind: 'producer-ids-reserved', nextProducerId: 3000 },
  ];
  const older: ClusterChange[] = [
    { kind: 'leader-epoch-raised', leaderEpoch: 6 },
    { kind: 'producer-ids-reserved', nextProducerId: 2000 },
  ];
  const image = applyChanges(applyChanges(EMPTY_IMAGE, newer), older);
  expect(image).toMatchObject({ leaderEpoch: 7, nextProducerId: 3000 });
});
