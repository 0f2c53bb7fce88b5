import type { SqlType } from '../../types/sql-type.ts';
import type { SqlValue } from '../../types/values.ts';
import type { AggregateBinding, AggregateOverload, BoundAggregate } from '../function.ts';
import type { NullableArgumentsOf, Parameter } from '../parameter.ts';

/** The arguments of a row: those of the signature that are no constants, null where a column is. */
type RowValues<Parameters extends readonly Parameter[]> = NullableArgumentsOf<Parameters>;

type Spec<State, Values extends readonly unknown[]> = {
  readonly stateType: SqlType;
  readonly returnType: SqlType;
  readonly onlyPresence?: true;
  initialize(): State;
  aggregate(state: State, ...values: Values): State;
  merge(left: State, right: State): State;
  undo?(state: State, ...values: Values): State;
  result(state: State): SqlValue;
};

/**
 * An aggregate overload with the types of its state and columns known to the compiler. `columns` are the parameters
 * that are columns; constants come after them in the signature and reach `bind` as values.
 */
export function aggregateOverload<State, const Columns extends readonly Parameter[]>(options: {
  readonly columns: Columns;
  readonly constants?: readonly Parameter[];
  readonly returns: Parameter;
  bind(binding: AggregateBinding): Spec<State, RowValues<Columns>>;
}): AggregateOverload {
  return {
    parameters: [...options.columns, ...(options.constants ?? [])],
    returns: options.returns,
    returnType: undefined,
    bind: (binding) => options.bind(binding) as unknown as BoundAggregate,
  };
}

/** A `ksql.functions.….limit` setting; negative or absent means no limit. */
export function limitOf(binding: AggregateBinding, name: string): number {
  const limit = Number(binding.setting(name) ?? -1);
  return limit < 0 ? Number.POSITIVE_INFINITY : limit;
}
