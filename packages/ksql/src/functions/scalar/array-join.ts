import { MillraceError } from '@millrace/base';
import { printerOf } from '../../types/print-value.ts';
import type { SqlType } from '../../types/sql-type.ts';
import type { SqlValue } from '../../types/values.ts';
import { boundNullableOverload, boundOverload, type ScalarFunction } from '../function.ts';
import { arrayOf, generic, STRING } from '../parameter.ts';
import { elementType } from '../support/array-sets.ts';

const LIST = arrayOf(generic('T'));

const JOINED: readonly SqlType['kind'][] = ['BOOLEAN', 'INTEGER', 'BIGINT', 'DOUBLE', 'DECIMAL', 'STRING'];

function refuse(): never {
  throw new MillraceError('INVALID_ARGUMENT', 'ARRAY_JOIN takes numbers, texts and booleans only');
}

function joiner(type: SqlType | undefined): (list: readonly SqlValue[], delimiter: string) => string {
  const element = elementType(type);
  const print = JOINED.includes(element.kind) ? printerOf(element) : refuse;
  return (list, delimiter) => list.map((each) => (each === null ? 'null' : print(each))).join(delimiter);
}

export const ARRAY_JOIN: ScalarFunction = {
  kind: 'scalar',
  name: 'array_join',
  category: 'ARRAY',
  description: 'The elements as text with a delimiter between them, a comma by default.',
  overloads: [
    boundOverload({
      parameters: [LIST],
      returns: STRING,
      bind: ([type]) => {
        const join = joiner(type);
        return (list) => join(list, ',');
      },
    }),
    boundNullableOverload({
      parameters: [LIST, STRING],
      returns: STRING,
      bind: ([type]) => {
        const join = joiner(type);
        return (list, delimiter) => (list === null ? null : join(list, delimiter ?? ''));
      },
    }),
  ],
  examples: [
    { call: 'ARRAY_JOIN(ARRAY[1, NULL, 3])', result: '1,null,3' },
    { call: "ARRAY_JOIN(ARRAY['a', 'b'], '-')", result: 'a-b' },
  ],
};
