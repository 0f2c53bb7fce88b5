import fc from 'fast-check';
import type { Expression, Literal, Query, SelectItem, Statement, TypeNode } from '../ast.ts';

/** Arbitrary trees that a text can stand for; places are null, as a printed text gives other ones. */

const location = null;

const name: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    'A',
    'B',
    'ID',
    'KEY',
    'DATE',
    'EMIT',
    'SELECT',
    'GROUP',
    'lower',
    'Mixed Case',
    'x`y',
    '1st',
    'ROWTIME',
  ),
  fc.string({ minLength: 1, maxLength: 6 }),
);

const numeric: fc.Arbitrary<Literal> = fc.oneof(
  fc.integer().map((value): Literal => ({ kind: 'integer', value, location })),
  fc
    .bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
    .filter((value) => value > 2n ** 31n - 1n || value < -(2n ** 31n))
    .map((value): Literal => ({ kind: 'long', value, location })),
  fc
    .tuple(fc.nat({ max: 999 }), fc.nat({ max: 999 }), fc.boolean())
    .map(
      ([whole, part, minus]): Literal => ({ kind: 'decimal', text: `${minus ? '-' : ''}${whole}.${part}`, location }),
    ),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value): Literal => ({ kind: 'double', value, location })),
);

const literal: fc.Arbitrary<Literal> = fc.oneof(
  numeric,
  fc.string().map((value): Literal => ({ kind: 'string', value, location })),
  fc.boolean().map((value): Literal => ({ kind: 'boolean', value, location })),
  fc.constant<Literal>({ kind: 'null', location }),
);

const { type } = fc.letrec<{ type: TypeNode }>((tie) => ({
  type: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<TypeNode>(
      { kind: 'named-type', name: 'INT', parameters: [], location },
      { kind: 'named-type', name: 'VARCHAR', parameters: ['20'], location },
      { kind: 'named-type', name: 'DECIMAL', parameters: ['4', '2'], location },
      { kind: 'named-type', name: 'My Type', parameters: [], location },
    ),
    tie('type').map((element): TypeNode => ({ kind: 'array-type', element, location })),
    fc.tuple(tie('type'), tie('type')).map(([key, value]): TypeNode => ({ kind: 'map-type', key, value, location })),
    fc
      .array(fc.record({ name, type: tie('type') }), { maxLength: 3 })
      .map((fields): TypeNode => ({ kind: 'struct-type', fields, location })),
  ),
}));

type Trees = { expression: Expression; argument: Expression };

const trees = fc.letrec<Trees>((tie) => {
  const sub = tie('expression') as fc.Arbitrary<Expression>;
  const pair = fc.tuple(sub, sub);
  const whens = fc.array(fc.record({ condition: sub, result: sub, location: fc.constant(null) }), {
    minLength: 1,
    maxLength: 2,
  });
  return {
    expression: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      literal,
      fc.record({ kind: fc.constant('column' as const), source: fc.option(name), name, location: fc.constant(null) }),
      fc
        .tuple(name, fc.string())
        .map(([type, value]): Expression => ({ kind: 'typed-literal', type, value, location })),
      fc.tuple(sub, name).map(([base, field]): Expression => ({ kind: 'field-access', base, field, location })),
      pair.map(([base, index]): Expression => ({ kind: 'subscript', base, index, location })),
      fc
        .tuple(name, fc.array(tie('argument') as fc.Arbitrary<Expression>, { maxLength: 3 }))
        .map(([called, args]): Expression => ({ kind: 'function-call', name: called, args, location })),
      fc.tuple(fc.constantFrom('+', '-', '*', '/', '%' as const), sub, sub).map(
        ([operator, left, right]): Expression => ({
          kind: 'arithmetic',
          operator: operator as '+',
          left,
          right,
          location,
        }),
      ),
      fc
        .tuple(fc.constantFrom('+' as const, '-' as const), sub)
        .map(([sign, operand]): Expression => ({ kind: 'arithmetic-unary', sign, operand, location })),
      pair.map(([left, right]): Expression => ({ kind: 'concatenation', left, right, location })),
      fc
        .tuple(fc.constantFrom('=' as const, '<>' as const, '<=' as const, 'IS NOT DISTINCT FROM' as const), sub, sub)
        .map(([operator, left, right]): Expression => ({ kind: 'comparison', operator, left, right, location })),
      fc
        .tuple(fc.constantFrom('AND' as const, 'OR' as const), sub, sub)
        .map(([operator, left, right]): Expression => ({ kind: 'logical', operator, left, right, location })),
      sub.map((operand): Expression => ({ kind: 'not', operand, location })),
      fc
        .tuple(sub, sub, sub)
        .map(([operand, low, high]): Expression => ({ kind: 'between', operand, low, high, location })),
      fc
        .tuple(sub, fc.array(sub, { minLength: 1, maxLength: 3 }))
        .map(([operand, candidates]): Expression => ({ kind: 'in', operand, candidates, location })),
      fc
        .tuple(sub, sub, fc.option(fc.string({ minLength: 1, maxLength: 1 })))
        .map(([operand, pattern, sign]): Expression => ({ kind: 'like', operand, pattern, escape: sign, location })),
      fc
        .tuple(sub, fc.boolean())
        .map(([operand, negated]): Expression => ({ kind: 'is-null', operand, negated, location })),
      fc
        .tuple(whens, fc.option(sub))
        .map(([clauses, otherwise]): Expression => ({ kind: 'searched-case', whens: clauses, otherwise, location })),
      fc.tuple(sub, whens, fc.option(sub)).map(
        ([operand, clauses, otherwise]): Expression => ({
          kind: 'simple-case',
          operand,
          whens: clauses,
          otherwise,
          location,
        }),
      ),
      fc.tuple(sub, type).map(([operand, target]): Expression => ({ kind: 'cast', operand, type: target, location })),
      fc.array(sub, { maxLength: 3 }).map((elements): Expression => ({ kind: 'array', elements, location })),
      fc
        .array(fc.record({ key: sub, value: sub }), { maxLength: 2 })
        .map((entries): Expression => ({ kind: 'map', entries, location })),
      fc
        .array(fc.record({ name, value: sub }), { maxLength: 2 })
        .map((fields): Expression => ({ kind: 'struct', fields, location })),
      fc
        .tuple(sub, fc.string())
        .map(([operand, zone]): Expression => ({ kind: 'at-time-zone', operand, zone, location })),
    ),
    argument: fc.oneof(
      { depthSize: 'small' },
      sub,
      fc.constant<Expression>({ kind: 'interval-unit', unit: 'DAYS', location }),
      fc
        .tuple(fc.array(name, { minLength: 1, maxLength: 2 }), sub)
        .map(([parameters, body]): Expression => ({ kind: 'lambda', parameters, body, location })),
    ),
  };
});

export const arbitraryExpression: fc.Arbitrary<Expression> = trees.expression;

const duration = fc.record({
  value: fc.nat({ max: 100 }),
  unit: fc.constantFrom('DAYS' as const, 'HOURS' as const, 'MILLISECONDS' as const),
});
const aliased = fc.record({ source: name, alias: fc.option(name), location: fc.constant(null) });
const by = fc.option(
  fc.record({
    expressions: fc.array(arbitraryExpression, { minLength: 1, maxLength: 3 }),
    location: fc.constant(null),
  }),
);

const selectItem: fc.Arbitrary<SelectItem> = fc.oneof(
  fc.record({
    kind: fc.constant('select-expression' as const),
    expression: arbitraryExpression,
    alias: fc.option(name),
    location: fc.constant(null),
  }),
  fc.record({ kind: fc.constant('select-all' as const), source: fc.option(name), location: fc.constant(null) }),
);

const query: fc.Arbitrary<Query> = fc.record({
  kind: fc.constant('query' as const),
  select: fc.array(selectItem, { minLength: 1, maxLength: 3 }),
  from: fc.record({
    first: aliased,
    joins: fc.array(
      fc.record({
        join: fc.constantFrom('INNER' as const, 'LEFT' as const, 'RIGHT' as const, 'FULL' as const),
        right: aliased,
        within: fc.option(fc.record({ before: duration, after: duration, grace: fc.option(duration) })),
        on: arbitraryExpression,
        location: fc.constant(null),
      }),
      { maxLength: 2 },
    ),
  }),
  window: fc.option(
    fc.record({
      kind: fc.constant('hopping' as const),
      size: duration,
      advance: duration,
      retention: fc.option(duration),
      grace: fc.option(duration),
      location: fc.constant(null),
    }),
  ),
  where: fc.option(arbitraryExpression),
  groupBy: by,
  partitionBy: by,
  having: fc.option(arbitraryExpression),
  emit: fc.constantFrom(null, 'CHANGES' as const, 'FINAL' as const),
  limit: fc.option(fc.nat()),
  location: fc.constant(null),
});

const properties = fc.array(
  fc.record({ name: name.map((each) => each.toUpperCase()), value: literal, location: fc.constant(null) }),
  { maxLength: 2 },
);
const constraint = fc.constantFrom(
  { kind: 'value' as const },
  { kind: 'key' as const },
  { kind: 'primary-key' as const },
  { kind: 'headers' as const },
  { kind: 'header' as const, key: "it's" },
);
const creation = {
  name,
  sourceKind: fc.constantFrom('STREAM' as const, 'TABLE' as const),
  orReplace: fc.boolean(),
  ifNotExists: fc.boolean(),
  properties,
  location: fc.constant(null),
};

export const arbitraryStatement: fc.Arbitrary<Statement> = fc.oneof(
  query,
  fc.record({
    kind: fc.constant('create-source' as const),
    readOnly: fc.boolean(),
    elements: fc.array(fc.record({ name, type, constraint, location: fc.constant(null) }), { maxLength: 3 }),
    ...creation,
  }),
  fc.record({ kind: fc.constant('create-as' as const), query, ...creation }),
  fc.record({
    kind: fc.constant('insert-into' as const),
    target: name,
    properties,
    query,
    location: fc.constant(null),
  }),
  fc
    .record({
      target: name,
      named: fc.array(fc.record({ name, value: arbitraryExpression }), { maxLength: 2 }),
      unnamed: fc.array(arbitraryExpression, { maxLength: 2 }),
    })
    .map(({ target, named, unnamed }) => ({
      kind: 'insert-values' as const,
      target,
      columns: named.map((each) => each.name),
      // Columns that are named have a value each.
      values: named.length > 0 ? named.map((each) => each.value) : unnamed,
      location: null,
    })),
  fc.record({
    kind: fc.constant('create-type' as const),
    name,
    ifNotExists: fc.boolean(),
    type,
    location: fc.constant(null),
  }),
  fc.record({
    kind: fc.constant('drop-source' as const),
    sourceKind: fc.constantFrom('STREAM' as const, 'TABLE' as const),
    name,
    ifExists: fc.boolean(),
    deleteTopic: fc.boolean(),
    location: fc.constant(null),
  }),
);
