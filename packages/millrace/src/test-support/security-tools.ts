import { expect, test } from 'vitest';
import type { Kafka } from './kafkas.ts';

type Rule = { readonly resourceType: string; readonly resourceName: string; readonly operation: string };

/** What Apache Kafka's controller has taken, its broker applies a moment later; on a busy machine a long one. */
const PATIENCE = { timeout: 20_000 };

/** The tests of rules, users and quotas; with the others, so that one Kafka is started for all. */
export function testSecurityTools(kafka: Kafka): void {
  const { run, runWith } = kafka;

  test('rules for producers and consumers are added, listed and removed', async () => {
    const principal = `User:${kafka.name('alice')}`;
    const producer = ['--producer', '--topic', 'orders', '--transactional-id', 'billing'];
    const added = await run('acls', 'add', '--allow', principal, ...producer, '--json');
    const short = (rules: readonly Rule[]) =>
      rules.map((rule) => `${rule.resourceType} ${rule.resourceName} ${rule.operation}`).sort();
    const forProducer = [
      'topic orders create',
      'topic orders describe',
      'topic orders write',
      'transactional-id billing describe',
      'transactional-id billing write',
    ];
    expect(short(added.json())).toEqual(forProducer);
    const listed = async () => short((await run('acls', 'list', '--principal', principal, '--json')).json());
    await expect.poll(listed, PATIENCE).toEqual(forProducer);
    const consumer = ['--consumer', '--topic', 'or', '--group', 'bill', '--pattern', 'prefixed'];
    await run('acls', 'add', '--allow', principal, ...consumer);
    await expect.poll(async () => (await listed()).length, PATIENCE).toBe(8);
    const matching = await run('acls', 'list', '--topic', 'orders', '--principal', principal, '--pattern', 'match');
    expect(matching.out).toContain('prefixed');
    expect((await run('acls', 'remove', '--principal', principal, '--dry-run', '--json')).json()).toHaveLength(8);
    await run('acls', 'remove', '--principal', principal);
    await expect.poll(listed, PATIENCE).toEqual([]);
  });

  test('users get passwords from standard input', async () => {
    const user = kafka.name('carol');
    const set = ['set', user, '--mechanism', 'SCRAM-SHA-256', '--iterations', '5000'];
    expect(await runWith({ stdin: 'secret\n' }, 'users', ...set)).toMatchObject({ code: 0 });
    const listed = async () => (await run('users', 'list', user, '--json')).json();
    await expect
      .poll(listed, PATIENCE)
      .toEqual([{ user, credentials: [{ mechanism: 'SCRAM-SHA-256', iterations: 5000 }] }]);
    expect(await run('users', 'set', user)).toMatchObject({ code: 2, err: expect.stringContaining('no password') });
    await run('users', 'delete', user, '--mechanism', 'SCRAM-SHA-256');
    await expect.poll(listed, PATIENCE).toEqual([]);
  });

  test('quotas are set by either command and deleted', async () => {
    const user = kafka.name('bob');
    await run('quotas', 'alter', '--user', user, '--client-default', '--set', 'request_percentage=20');
    await run('configs', 'alter', 'user', user, '--set', 'producer_byte_rate=1000');
    const described = async () => (await run('quotas', 'describe', '--user', user, '--strict', '--json')).json();
    await expect.poll(described, PATIENCE).toEqual([{ entity: { user }, quotas: { producer_byte_rate: 1000 } }]);
    const withClient = ['quotas', 'describe', '--user', user, '--client-default', '--json'] as const;
    expect((await run(...withClient)).json()).toEqual([
      { entity: { user, 'client-id': null }, quotas: { request_percentage: 20 } },
    ]);
    expect((await run('configs', 'describe', 'user', user)).out).toMatch(/producer_byte_rate +1000 +quota/);
    await run('configs', 'delete', 'user', user, 'producer_byte_rate');
    await run('quotas', 'alter', '--user', user, '--client-default', '--unset', 'request_percentage');
    await expect.poll(described, PATIENCE).toEqual([]);
  });
}
