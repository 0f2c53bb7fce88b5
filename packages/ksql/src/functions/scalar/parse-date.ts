import { MillraceError } from '@millrace/base';
import { MS_OF_DAY } from '../../types/time-text.ts';
import { boundOverload, type ScalarFunction } from '../function.ts';
import { DATE, STRING } from '../parameter.ts';
import { parseLeniently } from '../support/fast-date.ts';

export const PARSE_DATE: ScalarFunction = {
  kind: 'scalar',
  name: 'parse_date',
  category: 'DATE / TIME',
  description: "Reads a date by a pattern of Java's SimpleDateFormat.",
  overloads: [
    boundOverload({
      parameters: [STRING, STRING],
      returns: DATE,
      bind:
        (_, { clock }) =>
        (text, pattern) => {
          const ms = parseLeniently(text, pattern, clock.wallMs());
          if (ms % MS_OF_DAY !== 0) throw new MillraceError('INVALID_TIME', 'Date format contains time field.');
          return ms / MS_OF_DAY + 0;
        },
    }),
  ],
  examples: [
    { call: "PARSE_DATE('11/05/2019', 'dd/MM/yyyy')", result: '2019-05-11' },
    { call: "PARSE_DATE('JAN-2022', 'MMM-yyyy')", result: '2022-01-01' },
    { call: "PARSE_DATE('2022-01-31 noon', 'yyyy-MM-dd')", result: '2022-01-31' },
    { call: "PARSE_DATE('2022', 'yyyy-MM-dd')", result: null },
  ],
};
