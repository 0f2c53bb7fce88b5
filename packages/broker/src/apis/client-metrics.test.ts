import { expect, test } from 'vitest';
import { Broker } from '../broker.ts';
import { MemoryFiles } from '../storage/memory-files.ts';
import { RESOURCE } from './config-resources.ts';

test('subscriptions to metrics of clients are kept, listed and described, and gone when nothing is set', async () => {
  const files = new MemoryFiles();
  const resource = { resourceType: RESOURCE.clientMetrics, resourceName: 'java' };
  const alter = async (broker: Broker, name: string, configOperation: number, value: string | null) => {
    const app = await broker.connect();
    const resources = [{ ...resource, configs: [{ name, configOperation, value }] }];
    return (await app.send('IncrementalAlterConfigs', 1, { resources, validateOnly: false })).responses[0]!.errorCode;
  };
  const list = async (broker: Broker) =>
    (await (await broker.connect()).send('ListConfigResources', 0, { resourceTypes: [] })).configResources;
  {
    await using broker = await Broker.start({ port: -1, files, data: '/data' });
    expect(await alter(broker, 'interval.ms', 0, '60000')).toBe(0);
    expect(await alter(broker, 'interval.ms', 0, '1')).not.toBe(0);
    expect(await alter(broker, 'nonsense', 0, '1')).not.toBe(0);
  }
  await using broker = await Broker.start({ port: -1, files, data: '/data' });
  expect(await list(broker)).toEqual([resource]);
  const app = await broker.connect();
  const resources = [{ ...resource, configurationKeys: ['interval.ms'] }];
  const described = await app.send('DescribeConfigs', 4, {
    resources,
    includeSynonyms: false,
    includeDocumentation: false,
  });
  expect(described.results[0]!.configs).toMatchObject([{ name: 'interval.ms', value: '60000' }]);
  expect(await alter(broker, 'interval.ms', 1, null)).toBe(0);
  expect(await list(broker)).toEqual([]);
});
