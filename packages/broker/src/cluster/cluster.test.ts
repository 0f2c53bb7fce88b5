import { seededRandom } from '@millrace/base';
import { expect, test } from 'vitest';
import { FaultyFiles } from '../storage/faulty-files.ts';
import { MemoryFiles } from '../storage/memory-files.ts';
import { BrokerConfig } from './broker-config.ts';
import { Cluster } from './cluster.ts';

function openCluster(files: FaultyFiles, isClean: boolean): Cluster {
  const random = seededRandom(1);
  return new Cluster({ files, folder: '/data', random, config: new BrokerConfig({}), flush: 'os', isClean });
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
