import { KsqlException } from '../lib/ksql-exception.ts';
import { type Column, findColumn, printColumn } from '../types/schema.ts';
import { sameType } from '../types/sql-type.ts';
import type { DataSource } from './data-source.ts';

/**
 * CREATE OR REPLACE may add value columns, and nothing else may change that readers rely on.
 * @throws KsqlException naming the difference.
 */
export function checkReplacement(existing: DataSource, next: DataSource): void {
  const refuse = (reason: string): never => {
    throw new KsqlException(`Cannot upgrade data source: ${reason}`);
  };
  if (existing.kind !== next.kind) {
    refuse(`DataSource '\`${existing.name}\`' is a ${existing.kind} and can't be replaced by a ${next.kind}`);
  }
  if (existing.topic !== next.topic) {
    refuse(`DataSource '\`${existing.name}\`' has topic = ${existing.topic} which is not upgradeable to ${next.topic}`);
  }
  const differences = missingOrChanged(existing.schema.columns, next);
  if (differences.length > 0) {
    refuse(
      `DataSource '\`${existing.name}\`' has schema = ${existing.schema.columns.map((each) => printColumn(each)).join(', ')} which is not upgradeable to ` +
        `${next.schema.columns.map((each) => printColumn(each)).join(', ')}. (The following columns are changed, missing or reordered: [${differences
          .map((each) => printColumn(each))
          .join(', ')}])`,
    );
  }
}

/** The columns that the next form of a source lacks or has otherwise, order included. */
function missingOrChanged(columns: readonly Column[], next: DataSource): readonly Column[] {
  const keysChanged = next.schema.key.length !== columns.filter((each) => each.namespace === 'KEY').length;
  return columns.filter((column) => {
    const other = findColumn(next.schema, column.name);
    if (other === undefined) return true;
    if (column.namespace === 'KEY' && keysChanged) return true;
    const same = sameType(column.type, other.type) && column.namespace === other.namespace;
    return !same || column.index !== other.index;
  });
}
