import { expect, expectTypeOf, test } from 'vitest';
import { Serdes } from '../serdes/serdes.ts';
import type { Windowed } from '../serdes/windowed.ts';
import { JoinWindows } from '../windows/join-windows.ts';
import { SessionWindows } from '../windows/session-windows.ts';
import { TimeWindows } from '../windows/time-windows.ts';
import type { KStream } from './kstream.ts';
import type { KTable } from './ktable.ts';
import { StreamsBuilder } from './streams-builder.ts';
import { Suppressed } from './suppressed.ts';

type Order = { readonly customer: string; readonly cents: number };

function sources() {
  const builder = new StreamsBuilder();
  const serdes = { key: Serdes.string(), value: Serdes.json<Order>() };
  return {
    builder,
    orders: builder.stream('orders', serdes),
    names: builder.table('names', { key: Serdes.string(), value: Serdes.string() }),
    numbers: builder.table('numbers', { key: Serdes.long(), value: Serdes.string() }),
  };
}

test('keys and values come from the serdes and go through every operation', () => {
  const { orders, names } = sources();
  expectTypeOf(orders).toEqualTypeOf<KStream<string, Order>>();
  expectTypeOf(orders.mapValues((order) => order.cents)).toEqualTypeOf<KStream<string, number>>();
  expectTypeOf(orders.map((key, order) => [order.cents, key] as const)).toEqualTypeOf<KStream<number, string>>();
  expectTypeOf(orders.selectKey((_key, order) => order.cents)).toEqualTypeOf<KStream<number, Order>>();
  expectTypeOf(orders.flatMapValues((order) => [order.customer])).toEqualTypeOf<KStream<string, string>>();
  expectTypeOf(names.mapValues((name) => name.length)).toEqualTypeOf<KTable<string, number>>();
  expectTypeOf(names.toStream()).toEqualTypeOf<KStream<string, string>>();
});

test('windows make windowed keys', () => {
  const { orders } = sources();
  const grouped = orders.groupByKey();
  expectTypeOf(grouped.count()).toEqualTypeOf<KTable<string, number>>();
  const minutes = grouped.windowedBy(TimeWindows.ofSizeWithNoGrace(60_000));
  expectTypeOf(minutes.count()).toEqualTypeOf<KTable<Windowed<string>, number>>();
  const sessions = grouped.windowedBy(SessionWindows.ofInactivityGapWithNoGrace(1));
  const sum = sessions.aggregate(
    () => 0,
    (_key, order, total) => total + order.cents,
    (_key, a, b) => a + b,
  );
  expectTypeOf(sum).toEqualTypeOf<KTable<Windowed<string>, number>>();
});

test('joins know both sides, and which of them may be missing', () => {
  const { orders, names, numbers } = sources();
  const inner = orders.join(names, (order, name) => {
    expectTypeOf(name).toEqualTypeOf<string>();
    return `${order.customer}${name}`;
  });
  expectTypeOf(inner).toEqualTypeOf<KStream<string, string>>();
  orders.leftJoin(names, (_order, name) => {
    expectTypeOf(name).toEqualTypeOf<string | null>();
    return name;
  });
  orders.outerJoin(
    orders,
    (left, right) => {
      expectTypeOf(left).toEqualTypeOf<Order | null>();
      expectTypeOf(right).toEqualTypeOf<Order | null>();
      return 1;
    },
    JoinWindows.ofTimeDifferenceWithNoGrace(1),
  );
  const byForeignKey = names.join(
    numbers,
    (name) => name.length,
    (name, number) => name + number,
  );
  expectTypeOf(byForeignKey).toEqualTypeOf<KTable<string, string>>();
});

test('what does not fit together does not compile', () => {
  const { orders, names, numbers } = sources();
  const wrong = () => {
    // @ts-expect-error: the keys of the two sides are of different types
    orders.join(numbers, (order: Order, name: string) => `${order}${name}`);
    // @ts-expect-error: only a windowed table has windows that close
    names.suppress(Suppressed.untilWindowCloses());
    // @ts-expect-error: the sink's serde is not one for orders
    orders.to('out', { value: Serdes.long() });
    // @ts-expect-error: an emit strategy belongs to windows
    orders.groupByKey().emitStrategy('on-window-close');
    // @ts-expect-error: the reducer must give what it reduces
    orders.groupByKey().reduce((a: Order) => a.cents);
  };
  expect(wrong).toBeTypeOf('function');
  orders.groupByKey().windowedBy(TimeWindows.ofSizeWithNoGrace(1)).count().suppress(Suppressed.untilWindowCloses());
});

test('a missing serde is refused when the topology is built, with where to give it', () => {
  const builder = new StreamsBuilder();
  builder.stream('in', { key: Serdes.string() }).to('out');
  expect(() => builder.build()).toThrow(/no value serde for source KSTREAM-SOURCE-0000000000\. Give one .*`\{ value: /);
});
