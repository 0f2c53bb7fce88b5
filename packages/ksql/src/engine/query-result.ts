import type { Closeable } from '@millrace/base';
import type { ResultColumn, ResultRow } from './plain-values.ts';

/** The answer to a SELECT: a push query's rows come as they change, a pull query's as the table has them now. */
export type QueryResult = Closeable & {
  readonly kind: 'push' | 'pull';
  readonly queryId: string;
  /** The columns in the order of the values in each row. */
  readonly schema: readonly ResultColumn[];
  /**
   * The rows; to be read once. Leaving the loop, closing the result and closing the engine all end the query. In a push
   * query on a table, a row that was deleted comes as its key, all else null.
   */
  readonly rows: AsyncIterableIterator<ResultRow>;
};
