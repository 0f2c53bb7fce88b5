import { decodeBase64 } from '../lib/base64.ts';
import { encodeUtf8 } from '../lib/utf8.ts';
import { parseDecimal, rescale } from '../types/decimal.ts';
import type { SqlType } from '../types/sql-type.ts';
import type { SqlValue } from '../types/values.ts';
import type { Settings } from './schema-settings.ts';

/** A value as a schema's options spell it in JSON. */
export function optionValue(json: unknown, type: SqlType): SqlValue {
  if (json === null) return null;
  switch (type.kind) {
    case 'BIGINT':
      return BigInt(Math.trunc(Number(json)));
    case 'INTEGER':
    case 'DOUBLE':
    case 'TIME':
    case 'DATE':
    case 'TIMESTAMP':
      return Number(json);
    case 'BOOLEAN':
      return json === true;
    case 'DECIMAL':
      return rescale(parseDecimal(String(json)) ?? parseDecimal('0')!, type.scale);
    case 'BYTES':
      return decodeBase64(String(json)) ?? encodeUtf8(String(json));
    case 'ARRAY':
      return (json as readonly unknown[]).map((each) => optionValue(each, type.element));
    case 'MAP':
      return new Map(Object.entries(json as object).map(([key, each]) => [key, optionValue(each, type.value)]));
    case 'STRUCT':
      return type.fields.map((field) => optionValue((json as Settings)[field.name] ?? null, field.type));
    default:
      return String(json);
  }
}
