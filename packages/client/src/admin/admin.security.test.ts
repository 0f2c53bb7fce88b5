import { expect, test } from 'vitest';
import { onEachWire } from '../test-support/wires.ts';
import type { AclBinding } from './acl-types.ts';
import type { ScramUpsertion } from './scram-credentials.ts';

/** What Apache Kafka's controller has taken, its broker applies a moment later; on a busy machine a long one. */
const PATIENCE = { timeout: 20_000 };

onEachWire((wire) => {
  test('access rules are added, found by a filter, and deleted by it', async () => {
    await using client = wire.client();
    const principal = `User:${wire.name('alice')}`;
    const rule = (operation: AclBinding['operation'], over: Partial<AclBinding> = {}): AclBinding => ({
      resourceType: 'topic',
      resourceName: 'orders',
      patternType: 'literal',
      principal,
      host: '*',
      operation,
      permission: 'allow',
      ...over,
    });
    const prefixed = rule('read', { resourceName: 'or', patternType: 'prefixed', permission: 'deny' });
    await client.admin.createAcls([rule('read'), rule('write'), prefixed]);
    // A broker of Apache Kafka applies what its controller has taken a moment later.
    const reading = async () => (await client.admin.describeAcls({ principal, operation: 'read' })).toSorted(byPattern);
    await expect.poll(reading, PATIENCE).toEqual([rule('read'), prefixed]);
    const onOrders = { resourceType: 'topic', resourceName: 'orders', principal } as const;
    expect(await client.admin.describeAcls({ ...onOrders, patternType: 'match' })).toHaveLength(3);
    expect(await client.admin.describeAcls({ ...onOrders, patternType: 'literal' })).toHaveLength(2);
    expect(await client.admin.deleteAcls([{ ...onOrders, patternType: 'literal' }])).toHaveLength(2);
    await expect.poll(() => client.admin.describeAcls({ principal }), PATIENCE).toEqual([prefixed]);
    await client.admin.deleteAcls([{ principal }]);
  });

  test('quotas are set, found by a name, by any name or as the default, and deleted', async () => {
    await using client = wire.client();
    const user = wire.name('bob');
    await client.admin.alterClientQuotas([
      { entity: { user }, quotas: { producer_byte_rate: 1024, consumer_byte_rate: 2048 } },
      { entity: { user, 'client-id': null }, quotas: { request_percentage: 50 } },
    ]);
    const strict = [{ entity: { user }, quotas: { producer_byte_rate: 1024, consumer_byte_rate: 2048 } }];
    const ofUser = () => client.admin.describeClientQuotas({ entity: { user }, strict: true });
    await expect.poll(ofUser, PATIENCE).toEqual(strict);
    const ofDefault = await client.admin.describeClientQuotas({ entity: { user: { any: true }, 'client-id': null } });
    expect(ofDefault.filter(({ entity }) => entity.user === user)).toEqual([
      { entity: { user, 'client-id': null }, quotas: { request_percentage: 50 } },
    ]);
    const changes = [{ entity: { user }, quotas: { producer_byte_rate: null } }];
    await client.admin.alterClientQuotas(changes, { validateOnly: true });
    expect(await ofUser()).toEqual(strict);
    await client.admin.alterClientQuotas(changes);
    await expect.poll(ofUser, PATIENCE).toEqual([{ entity: { user }, quotas: { consumer_byte_rate: 2048 } }]);
    await client.admin.alterClientQuotas([
      { entity: { user }, quotas: { consumer_byte_rate: null } },
      { entity: { user, 'client-id': null }, quotas: { request_percentage: null } },
    ]);
  });

  test('SCRAM credentials are set, told without their secrets, and deleted', async () => {
    await using client = wire.client();
    const user = wire.name('carol');
    const upsert = (upsertion: ScramUpsertion) => client.admin.alterScramCredentials({ upsertions: [upsertion] });
    await upsert({ user, mechanism: 'SCRAM-SHA-256', password: 'secret', iterations: 5000 });
    await upsert({ user, mechanism: 'SCRAM-SHA-512', password: 'secret' });
    const told = async () => (await client.admin.describeScramCredentials([user]))[0]?.credentials ?? [];
    await expect.poll(async () => (await told()).length, PATIENCE).toBe(2);
    expect(await told()).toContainEqual({ mechanism: 'SCRAM-SHA-256', iterations: 5000 });
    for (const mechanism of ['SCRAM-SHA-256', 'SCRAM-SHA-512'] as const) {
      await client.admin.alterScramCredentials({ deletions: [{ user, mechanism }] });
    }
    await expect.poll(() => client.admin.describeScramCredentials([user]), PATIENCE).toEqual([]);
    const gone = { deletions: [{ user, mechanism: 'SCRAM-SHA-256' }] } as const;
    await expect(client.admin.alterScramCredentials(gone)).rejects.toMatchObject({ code: 'RESOURCE_NOT_FOUND' });
  });
});

function byPattern(left: AclBinding, right: AclBinding): number {
  return left.patternType < right.patternType ? -1 : 1;
}
