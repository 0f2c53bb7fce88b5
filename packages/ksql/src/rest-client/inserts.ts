import { type InsertRow, insertLine } from './insert-json.ts';

/** What the server says of one row of {@link KsqlClient.streamInserts}; `seq` counts the rows from 0. */
export type InsertAck =
  | { readonly status: 'ok'; readonly seq: number }
  | { readonly status: 'error'; readonly seq: number; readonly errorCode: number; readonly message: string };

/** The body of a request that inserts: where to, then a line a row. */
export class InsertLines implements AsyncIterable<string> {
  readonly #head: string;
  readonly #rows: Iterable<InsertRow> | AsyncIterable<InsertRow>;
  /** Why there are no more rows; the connection only knows that it was broken off. */
  failure: { readonly error: unknown } | null = null;

  constructor(head: string, rows: Iterable<InsertRow> | AsyncIterable<InsertRow>) {
    this.#head = head;
    this.#rows = rows;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    yield `${this.#head}\n`;
    try {
      for await (const row of this.#rows) yield insertLine(row);
    } catch (error) {
      this.failure = { error };
      throw error;
    }
  }
}

type AckBody = {
  readonly status: 'ok' | 'error';
  readonly seq: number;
  readonly error_code?: number;
  readonly message?: string;
};

export function ackOf(line: string): InsertAck {
  const { status, seq, error_code: errorCode = 0, message = '' } = JSON.parse(line) as AckBody;
  return status === 'ok' ? { status, seq } : { status, seq, errorCode, message };
}
