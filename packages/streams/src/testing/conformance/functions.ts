type Text = string | null;
type Pair = readonly [Text, Text];

/** Stands for Java's exception of that name, which the cases' `boom` functions throw. */
export class IllegalStateException extends Error {
  override readonly name = 'java.lang.IllegalStateException';
}

function boom(value: Text): true {
  if (value === 'x') throw new IllegalStateException('boom');
  return true;
}

export function orEmpty(text: Text): string {
  return text ?? '';
}

export function firstCharacter(text: Text): Text {
  return text === null || text === '' ? null : text.slice(0, 1);
}

export function numberOf(text: Text): number {
  if (text === null) return 0;
  return /^-?[0-9]{1,9}$/.test(text) ? Number(text) : text.length;
}

const lengthOf = (text: Text): Text => (text === null ? null : String(text.length));
const upper = (text: Text): Text => text?.toUpperCase() ?? null;
const sum = (a: Text, b: Text): string => String(numberOf(a) + numberOf(b));
const minus = (a: Text, b: Text): string => String(numberOf(a) - numberOf(b));
const concat = (a: Text, b: Text): string => orEmpty(a) + orEmpty(b);
const max = (a: Text, b: Text): string => (orEmpty(a) >= orEmpty(b) ? orEmpty(a) : orEmpty(b));
const min = (a: Text, b: Text): string => (orEmpty(a) <= orEmpty(b) ? orEmpty(a) : orEmpty(b));
const orBar = (text: Text): string => text ?? '_';

export const predicates: Readonly<Record<string, (key: Text, value: Text) => boolean>> = {
  all: () => true,
  none: () => false,
  'even-length': (_key, value) => value !== null && value.length % 2 === 0,
  'has-a': (_key, value) => value?.includes('a') ?? false,
  'value-not-null': (_key, value) => value !== null,
  'key-lt-c': (key) => key !== null && key < 'c',
  'num-gt-1': (_key, value) => value !== null && numberOf(value) > 1,
  'boom-on-x': (_key, value) => boom(value),
};

export const valueMappers: Readonly<Record<string, (key: Text, value: Text) => Text>> = {
  identity: (_key, value) => value,
  upper: (_key, value) => upper(value),
  reverse: (_key, value) => (value === null ? null : [...value].reverse().join('')),
  'append-x': (_key, value) => (value === null ? null : `${value}x`),
  len: (_key, value) => lengthOf(value),
  'with-key': (key, value) => (value === null ? null : `${key}:${value}`),
  'null-if-even': (_key, value) => (value === null || value.length % 2 === 0 ? null : value),
  default: (_key, value) => value ?? '~',
  first: (_key, value) => (value === null ? null : orEmpty(firstCharacter(value))),
  'boom-on-x': (_key, value) => (boom(value) ? value : null),
};

export const keySelectors: Readonly<Record<string, (key: Text, value: Text) => Text>> = {
  key: (key) => key,
  value: (_key, value) => value,
  'first-char': (_key, value) => firstCharacter(value),
  len: (_key, value) => lengthOf(value),
  'upper-key': (key) => upper(key),
  null: () => null,
  const: () => 'k',
  'key-plus-first': (key, value) => orEmpty(key) + orEmpty(firstCharacter(value)),
};

export const pairMappers: Readonly<Record<string, (key: Text, value: Text) => Pair>> = {
  swap: (key, value) => [value, key],
  'first-char-key': (_key, value) => [firstCharacter(value), value],
  'both-upper': (key, value) => [upper(key), upper(value)],
  'key-into-value': (key, value) => [key, `${key}=${value}`],
  identity: (key, value) => [key, value],
  'by-len': (_key, value) => [lengthOf(value), value],
  const: (_key, value) => ['k', value],
};

export const flatMappers: Readonly<Record<string, (key: Text, value: Text) => readonly Pair[]>> = {
  dup: (key, value) => [
    [key, value],
    [key, value],
  ],
  'self-and-swap': (key, value) => [
    [key, value],
    [value, key],
  ],
  none: () => [],
  chars: (_key, value) => [...orEmpty(value)].map((character) => [character, value]),
};

export const flatValueMappers: Readonly<Record<string, (value: Text) => readonly Text[]>> = {
  dup: (value) => [value, value],
  none: () => [],
  chars: (value) => [...orEmpty(value)],
};

export const aggregators: Readonly<Record<string, (key: Text, value: Text, aggregate: Text) => Text>> = {
  concat: (_key, value, aggregate) => concat(aggregate, value),
  sum: (_key, value, aggregate) => sum(aggregate, value),
  count: (_key, _value, aggregate) => String(numberOf(aggregate) + 1),
  max: (_key, value, aggregate) => max(aggregate, value),
  last: (_key, value) => value,
  'null-on-x': (_key, value, aggregate) => (value === 'x' ? null : concat(aggregate, value)),
  add: (_key, value, aggregate) => `${orEmpty(aggregate)}+${orEmpty(value)}`,
  remove: (_key, value, aggregate) => `${orEmpty(aggregate)}-${orEmpty(value)}`,
  minus: (_key, value, aggregate) => minus(aggregate, value),
  'boom-on-x': (_key, value, aggregate) => (boom(value) ? concat(aggregate, value) : null),
};

export const initializers: Readonly<Record<string, () => Text>> = {
  empty: () => '',
  zero: () => '0',
  null: () => null,
  star: () => '*',
};

export const reducers: Readonly<Record<string, (aggregate: Text, value: Text) => Text>> = {
  concat,
  max,
  min,
  last: (_aggregate, value) => value,
  first: (aggregate) => aggregate,
  sum,
  minus,
  remove: (aggregate, value) => `${orEmpty(aggregate)}-${orEmpty(value)}`,
  'null-if-equal': (aggregate, value) => (orEmpty(aggregate) === orEmpty(value) ? null : concat(aggregate, value)),
};

export const mergers: Readonly<Record<string, (a: Text, b: Text) => Text>> = {
  bar: (a, b) => `${orEmpty(a)}|${orEmpty(b)}`,
  sum,
  max,
  last: (_a, b) => b,
};

export const joiners: Readonly<Record<string, (key: Text, left: Text, right: Text) => Text>> = {
  pair: (_key, left, right) => `(${orBar(left)},${orBar(right)})`,
  'pair-key': (key, left, right) => `${key}(${orBar(left)},${orBar(right)})`,
  left: (_key, left) => left,
  right: (_key, _left, right) => right,
  'null-if-equal': (_key, left, right) => (left !== null && left === right ? null : `${orBar(left)}/${orBar(right)}`),
};

export const foreignKeys: Readonly<Record<string, (key: Text, value: Text) => Text>> = {
  'first-char': (_key, value) => firstCharacter(value),
  self: (_key, value) => value,
  'second-char': (_key, value) => (value === null || value.length < 2 ? null : value.slice(1, 2)),
  'null-if-even': (_key, value) => (value === null || value.length % 2 === 0 ? null : firstCharacter(value)),
  key: (key) => key,
};

/** A function by its name in a case. */
export function pick<F>(functions: Readonly<Record<string, F>>, name: string): F {
  if (Object.hasOwn(functions, name)) return functions[name]!;
  throw new RangeError(`the case names a function that is not known: ${name}`);
}
