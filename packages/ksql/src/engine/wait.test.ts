import { FakeClock } from '@millrace/base/testing';
import { expect, test } from 'vitest';
import { Serial } from './serial.ts';
import { waitFor } from './wait.ts';

const what = 'Reading';

test('what is there in time is given on, failures too', async () => {
  const clock = new FakeClock();
  expect(await waitFor(Promise.resolve(7), { clock, timeoutMs: 10, what })).toBe(7);
  const failing = Promise.reject(new Error('broken'));
  await expect(waitFor(failing, { clock, timeoutMs: 10, what })).rejects.toThrow('broken');
});

test('a wait ends at its limit and says what took so long', async () => {
  const clock = new FakeClock();
  const waiting = waitFor(new Promise(() => {}), { clock, timeoutMs: 10, what });
  clock.advance(10);
  await expect(waiting).rejects.toMatchObject({
    code: 'TIMEOUT',
    retriable: true,
    message: 'Reading took more than 10 ms',
  });
});

test('a signal ends a wait, also one that was given before', async () => {
  const clock = new FakeClock();
  const controller = new AbortController();
  const waiting = waitFor(new Promise(() => {}), { clock, timeoutMs: 10, what, signal: controller.signal });
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'ABORTED' });
  const late = waitFor(new Promise(() => {}), { clock, timeoutMs: 10, what, signal: controller.signal });
  await expect(late).rejects.toMatchObject({ code: 'ABORTED' });
});

test('work is done in the order of asking, one piece at a time, and a failure ends only its own', async () => {
  const serial = new Serial({ waitingMax: 10 });
  const events: string[] = [];
  const piece = (name: string) => async () => {
    events.push(`${name} begins`);
    await Promise.resolve();
    events.push(`${name} ends`);
    if (name === 'a') throw new Error('a fails');
    return name;
  };
  const [a, b] = [serial.run(piece('a')), serial.run(piece('b'))];
  await expect(a).rejects.toThrow('a fails');
  expect(await b).toBe('b');
  expect(events).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
});

test('more than may wait are turned away', async () => {
  const serial = new Serial({ waitingMax: 1 });
  const first = serial.run(async () => 1);
  await expect(serial.run(async () => 2)).rejects.toMatchObject({ code: 'OVERLOADED', retriable: true });
  expect(await first).toBe(1);
});

test('what fails after its wait was aborted beforehand is nobody’s failure', async () => {
  const signal = AbortSignal.abort('gone');
  const late = Promise.reject(new Error('late'));
  await expect(waitFor(late, { clock: new FakeClock(), timeoutMs: 10, what: 'It', signal })).rejects.toMatchObject({
    code: 'ABORTED',
  });
});
