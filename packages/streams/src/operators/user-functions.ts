/**
 * User functions as the graph keeps them, without types: the DSL has checked those, and a running operator cannot use
 * them. Written as method types so that every typed function fits without a cast.
 */
export type Fn0 = { call(): unknown }['call'];
export type Fn1 = { call(a: unknown): unknown }['call'];
export type Fn2 = { call(a: unknown, b: unknown): unknown }['call'];
export type Fn3 = { call(a: unknown, b: unknown, c: unknown): unknown }['call'];
export type Predicate2 = { call(key: unknown, value: unknown): boolean }['call'];
export type Pairs = { call(key: unknown, value: unknown): readonly [unknown, unknown] }['call'];
export type ManyPairs = { call(key: unknown, value: unknown): Iterable<readonly [unknown, unknown]> }['call'];
export type ManyValues = { call(value: unknown, key: unknown): Iterable<unknown> }['call'];
export type Effect = { call(key: unknown, value: unknown): void }['call'];

/** What a function may be before its overload is known; must be cast to be called. */
export type AnyFunction = { call(a: never, b: never, c: never): unknown }['call'];
