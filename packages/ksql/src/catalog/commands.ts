import type { SourceKind } from '../syntax/ast.ts';
import type { SimpleColumn } from '../types/schema.ts';
import type { SqlType } from '../types/sql-type.ts';
import type { DataSource } from './data-source.ts';

/** A change of the catalog as plain data: what a statement comes to, and what the command log keeps of it. */
export type DdlCommand =
  | {
      readonly kind: 'create-source';
      readonly source: DataSource;
      readonly orReplace: boolean;
      readonly ifNotExists: boolean;
    }
  | {
      readonly kind: 'drop-source';
      readonly sourceKind: SourceKind;
      readonly name: string;
      readonly ifExists: boolean;
      readonly deleteTopic: boolean;
    }
  | {
      readonly kind: 'alter-source';
      readonly sourceKind: SourceKind;
      readonly name: string;
      readonly additions: readonly SimpleColumn[];
    }
  | { readonly kind: 'create-type'; readonly name: string; readonly type: SqlType; readonly ifNotExists: boolean }
  | { readonly kind: 'drop-type'; readonly name: string; readonly ifExists: boolean };
