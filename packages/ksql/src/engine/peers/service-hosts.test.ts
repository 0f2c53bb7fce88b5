import { FakeClock } from '@millrace/base/testing';
import { expect, test } from 'vitest';
import { peerSettings } from './peer-settings.ts';
import { ServiceHosts } from './service-hosts.ts';

const { heartbeats } = peerSettings({ 'ksql.heartbeat.enable': true });

test('an engine is alive when it is met, dead when three beats are missed, and alive when it beats again', () => {
  const clock = new FakeClock(1_000_000);
  const hosts = new ServiceHosts({ own: 'one:8088', heartbeats, clock });
  hosts.discover(new Set(['two:8088']));
  expect(hosts.status('two:8088').hostAlive).toBe(true);
  hosts.beat('two:8088');
  clock.advance(300);
  hosts.check();
  expect(hosts.status('two:8088')).toEqual({ hostAlive: true, lastStatusUpdateMs: 1_000_300 });
  clock.advance(100);
  hosts.check();
  expect(hosts.status('two:8088').hostAlive).toBe(false);
  hosts.beat('two:8088');
  hosts.check();
  expect(hosts.status('two:8088').hostAlive).toBe(true);
});

test('one who never beat is dead at the first look, and known until the groups forget it', () => {
  const clock = new FakeClock(5);
  const hosts = new ServiceHosts({ own: 'one:8088', heartbeats, clock });
  hosts.discover(new Set(['two:8088']));
  clock.advance(200);
  hosts.check();
  expect(hosts.status('two:8088')).toEqual({ hostAlive: false, lastStatusUpdateMs: 5 });
  hosts.beat('three:8088');
  hosts.discover(new Set(['two:8088']));
  expect([...hosts.statuses().keys()]).toEqual(['one:8088', 'two:8088', 'three:8088']);
  hosts.discover(new Set());
  expect([...hosts.statuses().keys()]).toEqual(['one:8088', 'three:8088']);
  expect(hosts.status('one:8088')).toEqual({ hostAlive: true, lastStatusUpdateMs: 5 });
});

test('without heartbeats the groups alone tell who is there', () => {
  const hosts = new ServiceHosts({ own: null, heartbeats: null, clock: new FakeClock() });
  hosts.discover(new Set(['one:1', 'two:2']));
  hosts.check();
  hosts.discover(new Set(['one:1']));
  expect([...hosts.statuses()]).toEqual([['one:1', { hostAlive: true, lastStatusUpdateMs: 0 }]]);
});

test('the newest report of lags counts, and none of an engine that is dead', () => {
  const clock = new FakeClock(1);
  const hosts = new ServiceHosts({ own: 'one:8088', heartbeats, clock });
  const report = (updateTimeMs: number, offsetLag: number) => {
    const lag = { currentOffsetPosition: 10 - offsetLag, endOffsetPosition: 10, offsetLag };
    hosts.reportLags('two:2', { updateTimeMs, stateStoreLags: { 'app#s': { lagByPartition: { 3: lag }, size: 1 } } });
  };
  report(20, 4);
  report(10, 9);
  expect(hosts.lag('two:2', 'app', 's', 3)?.offsetLag).toBe(4);
  expect(hosts.lag('two:2', 'app', 's', 0)).toBeNull();
  hosts.check();
  expect(hosts.lag('two:2', 'app', 's', 3)).toBeNull();
});

test('who waits for an engine hears of its death, once, and no more when he has stopped waiting', () => {
  const clock = new FakeClock(1);
  const hosts = new ServiceHosts({ own: null, heartbeats, clock });
  const heard: string[] = [];
  hosts.beat('two:2');
  hosts.onDeath('two:2', () => heard.push('first'));
  const stop = hosts.onDeath('two:2', () => heard.push('second'));
  stop();
  hosts.check();
  clock.advance(5_000);
  hosts.check();
  hosts.check();
  expect(heard).toEqual(['first']);
});
