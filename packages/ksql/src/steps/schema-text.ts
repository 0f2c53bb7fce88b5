import { resolveTypeNode } from '../analysis/expression-type-node.ts';
import { parseElements } from '../syntax/parse.ts';
import { type LogicalSchema, printSchema, SchemaBuilder } from '../types/schema.ts';

/** Schemas in plans are SQL text, as ksqlDB prints them; this is the way there and back. */

export function schemaText(schema: LogicalSchema): string {
  return printSchema(schema);
}

export function schemaOfText(text: string): LogicalSchema {
  const builder = new SchemaBuilder();
  for (const element of text === '' ? [] : parseElements(text)) {
    const type = resolveTypeNode(element.type, new Map());
    switch (element.constraint.kind) {
      case 'key':
      case 'primary-key':
        builder.key(element.name, type);
        break;
      case 'headers':
        builder.header(element.name, type);
        break;
      case 'header':
        builder.header(element.name, type, element.constraint.key);
        break;
      case 'value':
        builder.value(element.name, type);
        break;
    }
  }
  return builder.build();
}
