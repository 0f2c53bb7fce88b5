import { KsqlException } from '../lib/ksql-exception.ts';
import { type Column, findColumn, type LogicalSchema, printColumn } from '../types/schema.ts';
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
  const { columns, key } = existing.schema;
  const schemas =
    `DataSource '\`${existing.name}\`' has schema = ${printColumns(columns)} which is not upgradeable to ` +
    `${printColumns(next.schema.columns)}.`;
  const lostKeys = key.filter((column) => !keeps(next.schema, column));
  const addedKeys = next.schema.key.slice(key.length);
  if (lostKeys.length > 0 || addedKeys.length > 0) {
    const changed = printColumns(lostKeys.length > 0 ? lostKeys : addedKeys);
    refuse(
      `${schemas} (Key columns must be identical. The following key columns are changed, missing or reordered: ` +
        `[${changed}])`,
    );
  }
  const lost = columns.filter((column) => !keeps(next.schema, column));
  if (lost.length > 0) {
    refuse(`${schemas} (The following columns are changed, missing or reordered: [${printColumns(lost)}])`);
  }
}

/** Whether a schema has a column at the same place with the same type. */
function keeps(schema: LogicalSchema, column: Column): boolean {
  const other = findColumn(schema, column.name);
  const samePlace = other?.namespace === column.namespace && other.index === column.index;
  return samePlace && sameType(column.type, other.type);
}

function printColumns(columns: readonly Column[]): string {
  return columns.map((each) => printColumn(each)).join(', ');
}
