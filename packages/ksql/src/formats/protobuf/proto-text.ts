import type { SimpleColumn } from '../../types/schema.ts';
import { type SqlType, structType } from '../../types/sql-type.ts';
import { messageOfColumns, type NullableAs, printProto } from './proto-of-columns.ts';
import type { ProtoMessage } from './proto-schema.ts';

type Settings = Readonly<Record<string, string>>;

function nullableAs(properties: Settings): NullableAs {
  const nullableRepresentation = properties.nullableRepresentation?.toLowerCase();
  return nullableRepresentation === 'optional' || nullableRepresentation === 'wrapper'
    ? nullableRepresentation
    : 'default';
}

/** The message that columns are written as when no other schema is chosen. */
export function defaultMessage(columns: readonly SimpleColumn[], properties: Settings): ProtoMessage {
  const { fullSchemaName } = properties;
  const name = fullSchemaName?.slice(fullSchemaName.lastIndexOf('.') + 1);
  return messageOfColumns(columns, { name, nullable: nullableAs(properties) });
}

/** That message as it is registered. */
export function protoText(columns: readonly SimpleColumn[], properties: Settings): string {
  const { fullSchemaName = '' } = properties;
  const dot = fullSchemaName.lastIndexOf('.');
  return printProto(defaultMessage(columns, properties), dot < 0 ? null : fullSchemaName.slice(0, dot));
}

/** The columns as a message's fields: a bare struct is the message itself, anything else that is bare its only field. */
export function columnsOfMessage(columns: readonly SimpleColumn[], unwrapped: boolean): readonly SimpleColumn[] {
  const type: SqlType = unwrapped ? columns[0]!.type : structType(columns);
  return type.kind === 'STRUCT' ? type.fields : columns;
}
