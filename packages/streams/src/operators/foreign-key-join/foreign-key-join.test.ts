import { beforeEach, describe, expect, test } from 'vitest';
import { ForeignKeyParts as Join } from '../test-support/foreign-key-parts.ts';
import type { Arrival } from '../test-support/wired-nodes.ts';
import type { Instruction, Subscription } from './subscription.ts';
import type { SubscriptionAnswer } from './subscription-answer.ts';

function instructions(sent: readonly Arrival[]): (readonly [unknown, Instruction])[] {
  return sent.map(([key, value]) => [key, (value as Subscription).instruction]);
}

describe('an inner join by foreign key', () => {
  let join: Join;
  beforeEach(() => {
    join = new Join('inner');
  });

  test('a left row joins the right row that it names, at the later of both times', () => {
    join.right('f', 'R', 7);
    expect(join.leftResults('p', 'f:1', 5)).toEqual([['p', 'f:1+R', 7]]);
    expect(join.leftResults('p', 'f:2', 9)).toEqual([['p', 'f:2+R', 9]]);
  });

  test('without a right row there is no result, and none to take back', () => {
    expect(join.leftResults('p', 'f:1')).toEqual([]);
    expect(join.leftResults('p', 'f:2')).toEqual([]);
  });

  test('a change of a right row reaches all that name it, in the order of their keys, and no others', () => {
    for (const key of ['b', 'a', 'c']) join.subscribe(join.left(key, 'f:1'));
    join.subscribe(join.left('d', 'ff:1'));
    join.subscribe(join.left('e', 'g:1'));
    expect(join.resolve(join.right('f', 'R', 3))).toEqual([
      ['a', 'f:1+R', 3],
      ['b', 'f:1+R', 3],
      ['c', 'f:1+R', 3],
    ]);
    expect(join.resolve(join.right('f', null, 4)).map(([key, value]) => [key, value])).toEqual([
      ['a', null],
      ['b', null],
      ['c', null],
    ]);
  });

  test('a new foreign key ends the subscription to the old one, and takes the result back if it finds nothing', () => {
    join.right('f', 'R');
    join.leftResults('p', 'f:1');
    const sent = join.left('p', 'g:1');
    expect(instructions(sent)).toEqual([
      ['f', 'delete'],
      ['g', 'answer-always'],
    ]);
    expect(join.resolve(join.subscribe(sent))).toEqual([['p', null, 1]]);
    expect(join.right('f', 'R2')).toEqual([]);
  });

  test('a null foreign key takes the result back', () => {
    join.right('f', 'R');
    join.leftResults('p', 'f:1');
    const sent = join.left('p', ':1');
    expect(instructions(sent)).toEqual([['f', 'delete-and-answer']]);
    expect(join.resolve(join.subscribe(sent))).toEqual([['p', null, 1]]);
    expect(join.wired.drops).toEqual(['null foreign key']);
  });

  test('a deleted left row takes the result back', () => {
    join.right('f', 'R');
    join.leftResults('p', 'f:1');
    expect(join.leftResults('p', null)).toEqual([['p', null, 1]]);
    expect(join.leftResults('p', null)).toEqual([]);
  });

  test('an answer to a question that the row no longer asks is dropped', () => {
    join.right('f', 'R');
    const early = join.subscribe(join.left('p', 'f:1'));
    const late = join.subscribe(join.left('p', 'f:2'));
    expect(join.resolve(early)).toEqual([]);
    expect(join.resolve(late)).toEqual([['p', 'f:2+R', 1]]);
    expect(join.wired.drops).toEqual(['stale answer']);
  });
});

describe('a left join by foreign key', () => {
  test('every change of a left row has a result, with null where it names no right row', () => {
    const join = new Join('left');
    expect(join.leftResults('p', 'f:1')).toEqual([['p', 'f:1+-', 1]]);
    expect(join.leftResults('p', ':1')).toEqual([['p', ':1+-', 1]]);
    expect(join.resolve(join.right('f', 'R'))).toEqual([]);
    expect(join.leftResults('p', 'f:2')).toEqual([['p', 'f:2+R', 1]]);
    expect(join.leftResults('p', null)).toEqual([['p', null, 1]]);
    expect(join.leftResults('p', null)).toEqual([]);
  });

  test('a deleted right row leaves the left rows with null', () => {
    const join = new Join('left');
    join.right('f', 'R');
    join.leftResults('p', 'f:1');
    expect(join.resolve(join.right('f', null, 9))).toEqual([['p', 'f:1+-', 9]]);
  });
});

test('changes of the past of a table with history are left out', () => {
  const join = new Join('inner', true);
  join.subscribe(join.left('p', 'f:1'));
  expect(join.past('left', 'q', 'f:1')).toEqual([]);
  expect(join.past('right', 'f', 'R')).toEqual([]);
  expect(join.wired.drops).toEqual(['change of the past', 'change of the past']);
});

test('an answer goes back to the partition that the subscription came from', () => {
  const join = new Join('left');
  join.wired.record.partition = 3;
  const [answer] = join.subscribe(join.left('p', 'f:1'));
  expect((answer![1] as SubscriptionAnswer).primaryPartition).toBe(3);
});
