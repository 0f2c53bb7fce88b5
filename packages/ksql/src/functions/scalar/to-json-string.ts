import { jsonWriterOf, writeJson } from '../../formats/json/json-writer.ts';
import { decodeUtf8 } from '../../lib/utf8.ts';
import type { SqlType } from '../../types/sql-type.ts';
import { printDate, printTime, printTimestamp } from '../../types/time-text.ts';
import type { SqlValue } from '../../types/values.ts';
import { boundNullableOverload, type ScalarFunction } from '../function.ts';
import { generic, STRING } from '../parameter.ts';

type Write = (value: SqlValue) => string;

const byName = ([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number =>
  left < right ? -1 : left > right ? 1 : 0;

/** As the JSON format writes, but for times, which are text here, and for fields and keys, which are sorted. */
function writerOf(type: SqlType): Write {
  const write = nonNullWriterOf(type);
  return (value) => (value === null ? 'null' : write(value));
}

function nonNullWriterOf(type: SqlType): Write {
  switch (type.kind) {
    case 'TIME':
      return (value) => `"${printTime(value as number)}"`;
    case 'DATE':
      return (value) => `"${printDate(value as number)}"`;
    case 'TIMESTAMP':
      return (value) => `"${printTimestamp(value as number)}"`;
    case 'ARRAY': {
      const write = writerOf(type.element);
      return (value) => `[${(value as readonly SqlValue[]).map(write).join(',')}]`;
    }
    case 'MAP': {
      const write = writerOf(type.value);
      return (value) => {
        const entries = [...(value as ReadonlyMap<SqlValue, SqlValue>)].map(
          ([key, each]) => [String(key), each] as const,
        );
        return `{${entries
          .sort(byName)
          .map(([key, each]) => `${JSON.stringify(key)}:${write(each)}`)
          .join(',')}}`;
      };
    }
    case 'STRUCT': {
      const fields = type.fields.map((field, index) => [field.name, { index, write: writerOf(field.type) }] as const);
      const sorted = [...fields].sort(byName);
      return (value) => {
        const values = value as readonly SqlValue[];
        return `{${sorted.map(([name, { index, write }]) => `${JSON.stringify(name)}:${write(values[index]!)}`).join(',')}}`;
      };
    }
    default: {
      const write = jsonWriterOf(type);
      return (value) => decodeUtf8(writeJson(write, value));
    }
  }
}

export const TO_JSON_STRING: ScalarFunction = {
  kind: 'scalar',
  name: 'to_json_string',
  category: 'JSON',
  description: 'Any value as JSON text; times are text, bytes base64.',
  overloads: [
    boundNullableOverload({
      parameters: [generic('T')],
      returns: STRING,
      bind: ([type]) => writerOf(type!),
    }),
  ],
  examples: [
    { call: 'TO_JSON_STRING(ARRAY[1, NULL])', result: '[1,null]' },
    { call: 'TO_JSON_STRING(FROM_DAYS(0))', result: '"1970-01-01"' },
    { call: 'TO_JSON_STRING(CAST(NULL AS STRING))', result: 'null' },
  ],
};
