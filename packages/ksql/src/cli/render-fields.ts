import type { EntityField } from '../rest-client/entities.ts';
import { fieldType } from '../rest-client/field-type.ts';
import { table } from './tables.ts';

/** ksqlDB's CLI's own word for STRING. */
export const CLI_STRING = 'VARCHAR(STRING)';

const LABEL_WIDTH = 20;
const TYPE_WIDTH = 16;

/** `Name                 : ORDERS` */
export function labelled(label: string, value: string | number): string {
  return `${label.padEnd(LABEL_WIDTH)} : ${value}`;
}

/** A heading within a description, after an empty line. */
export function heading(text: string, rule: string): readonly string[] {
  return ['', text.padEnd(LABEL_WIDTH), rule.padEnd(LABEL_WIDTH)];
}

type Described = { readonly fields: readonly EntityField[]; readonly windowType?: string | null };

/** The columns of a source or query; nothing where there are none. */
export function fieldTable({ fields, windowType }: Described, isTable: boolean, width: number): readonly string[] {
  if (fields.length === 0) return [];
  const rows = fields.map((field) => [field.name, describedType(field, windowType ?? null, isTable)]);
  return table(['Field', 'Type'], rows, width);
}

function describedType({ schema, type, headerKey }: EntityField, windowType: string | null, isTable: boolean): string {
  const name = fieldType(schema, CLI_STRING);
  if (type === 'HEADER') {
    const of = headerKey === null || headerKey === undefined ? '(headers)' : `(header('${headerKey}'))`;
    return `${name.padEnd(TYPE_WIDTH)} ${of}`;
  }
  if (type !== 'KEY') return name;
  const window = windowType === null ? '' : ` (Window type: ${windowType})`;
  return `${name.padEnd(TYPE_WIDTH)} ${isTable ? '(primary key)' : '(key)'}${window}`;
}
