import type { FieldSchema } from './entities.ts';

/** The type of a described column as SQL writes it; `string` is what STRING is called, which ksqlDB's CLI has a word for. */
export function fieldType(schema: FieldSchema, string: string = 'STRING'): string {
  const { type, fields, memberSchema, parameters } = schema;
  switch (type) {
    case 'STRING':
      return string;
    case 'ARRAY':
      return `ARRAY<${fieldType(memberSchema!, string)}>`;
    case 'MAP':
      return `MAP<STRING, ${fieldType(memberSchema!, string)}>`;
    case 'STRUCT':
      return `STRUCT<${(fields ?? []).map((each) => `${each.name} ${fieldType(each.schema, string)}`).join(', ')}>`;
    case 'DECIMAL':
      if (parameters?.precision === undefined) return type;
      return `DECIMAL(${parameters.precision}, ${parameters.scale})`;
    default:
      return type;
  }
}
