import type { SchemaText } from '../formats/schema-registry/schema-registry.ts';

/** A schema with the texts of what it refers to. */
export type ResolvedSchema = SchemaText & { readonly resolved: readonly string[] };
