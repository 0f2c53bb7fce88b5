import { identityOf } from '../../types/compare.ts';
import { arrayType, type SqlType } from '../../types/sql-type.ts';
import type { SqlValue } from '../../types/values.ts';
import { boundOverload, type ScalarOverload } from '../function.ts';
import { arrayOf, generic } from '../parameter.ts';

export type List = readonly SqlValue[];
type Identity = (value: SqlValue) => unknown;

const LIST = arrayOf(generic('T'));

/** The elements of which no equal one stands before. */
export function distinct(list: List, identity: Identity): List {
  const seen = new Set<unknown>();
  return list.filter((element) => {
    const key = identity(element);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** The element type of an array type, as far as one is known. */
export const elementType = (type: SqlType | undefined): SqlType =>
  type?.kind === 'ARRAY' ? type.element : arrayType(type!).element;

/** A function of two arrays as sets; null on either side gives null. */
export function setOverload(combine: (left: List, right: List, identity: Identity) => List): ScalarOverload {
  return boundOverload({
    parameters: [LIST, LIST],
    returns: LIST,
    bind: ([type]) => {
      const identity = identityOf(elementType(type));
      return (left, right) => combine(left, right, identity);
    },
  });
}
