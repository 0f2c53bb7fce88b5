import type { Closeable } from '@millrace/base';
import type { ResultColumn, ResultRow } from '../types/result-values.ts';
import type { SqlType } from '../types/sql-type.ts';

/** A column of a result with its type as data, for those who write rows down. */
export type QueryColumn = {
  readonly name: string;
  readonly type: SqlType;
  /** Part of the key of the table that a pull query looks at, window bounds included; the rows of streams have no keys. */
  readonly isKey: boolean;
};

/** How rows came to an end: by LIMIT, or because a topic was read to its end. */
export type QueryEnding = 'limit-reached' | 'completed';

/** The answer to a SELECT: a push query's rows come as they change, a pull query's as the table has them now. */
export type QueryResult = Closeable & {
  readonly kind: 'push' | 'pull';
  readonly queryId: string;
  /** The columns in the order of the values in each row. */
  readonly schema: readonly ResultColumn[];
  /** The same columns, typed. */
  readonly columns: readonly QueryColumn[];
  /**
   * The rows; to be read once. Leaving the loop, closing the result and closing the engine all end the query. In a push
   * query on a table, a row that was deleted comes as its key, all else null.
   */
  readonly rows: AsyncIterableIterator<ResultRow>;
  /** Known after the last row. Null where the reader left, and for a table's present rows, which have no end to tell of. */
  readonly ending: QueryEnding | null;
  /** Whether a row says that its key was deleted. */
  isDeletion(row: ResultRow): boolean;
};
