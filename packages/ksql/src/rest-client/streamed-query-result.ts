import type { Readable } from 'node:stream';
import { type Closeable, describeError, MillraceError } from '@millrace/base';
import { schemaOfText } from '../steps/schema-text.ts';
import type { ResultColumn, ResultRow, ResultValue } from '../types/result-values.ts';
import { printType, quoteNone, type SqlType } from '../types/sql-type.ts';
import { elementsOf } from './answer-lines.ts';
import { parseExactly, rowReader } from './row-values.ts';
import { KsqlServerError, type ServerErrorBody } from './server-error.ts';

/** A column with its type as data, for those who write rows down. */
export type TypedColumn = { readonly name: string; readonly type: SqlType };

/** A row by the names of its columns. */
export type RowObject = Readonly<Record<string, ResultValue>>;

type Element = {
  readonly header?: { readonly queryId?: string | null; readonly schema: string };
  readonly row?: { readonly columns: readonly unknown[]; readonly tombstone?: boolean };
  readonly finalMessage?: string;
  readonly errorMessage?: ServerErrorBody;
};

/** What a query needs of the client that asked it. */
export type QueryConnection = {
  readonly body: Readable;
  readonly signal: AbortSignal | undefined;
  /** Tells the server that nobody reads any more; for connections that stay open. */
  release(queryId: string): Promise<void>;
};

/**
 * A query that is being answered: rows come as they are taken, and no faster. It ends when all rows were taken, when the
 * loop over them is left, by {@link close} and by the signal that it was asked with.
 */
export class StreamedQueryResult implements AsyncIterable<ResultRow>, Closeable {
  /** Null where the server names none: pull queries of older ones. */
  readonly queryId: string | null;
  /** The columns in the order of the values in each row, with their types as SQL prints them. */
  readonly schema: readonly ResultColumn[];
  readonly columns: readonly TypedColumn[];
  /** The rows; to be read once. @throws KsqlServerError where the query fails after its first rows */
  readonly rows: AsyncIterableIterator<ResultRow>;
  readonly #connection: QueryConnection;
  readonly #deletions: WeakSet<ResultRow> = new WeakSet();
  #finalMessage: string | null = null;
  #isOver = false;

  private constructor(header: Required<Element>['header'], elements: AsyncIterator<string>, from: QueryConnection) {
    this.#connection = from;
    this.queryId = header.queryId ?? null;
    this.columns = schemaOfText(header.schema).columns.map(({ name, type }) => ({ name, type }));
    this.schema = this.columns.map(({ name, type }) => ({ name, type: printType(type, quoteNone) }));
    this.rows = this.#read(elements);
  }

  /** Resolves when the server has begun to answer. @throws KsqlServerError, MillraceError `KSQL_ANSWER` */
  static async open(connection: QueryConnection): Promise<StreamedQueryResult> {
    const elements = elementsOf(connection.body);
    try {
      const first = await elements.next();
      if (first.done === true) throw answerError('it is empty');
      const { header, errorMessage } = JSON.parse(first.value) as Element;
      if (errorMessage !== undefined) throw new KsqlServerError(errorMessage);
      if (header === undefined) throw answerError(`it begins with ${first.value.slice(0, 100)}`);
      return new StreamedQueryResult(header, elements, connection);
    } catch (thrown) {
      connection.body.destroy();
      throw connection.signal?.aborted ? connection.signal.reason : thrown;
    }
  }

  /** What the server said after the last row, such as `Limit Reached`; null until then, and where it said nothing. */
  get finalMessage(): string | null {
    return this.#finalMessage;
  }

  /** Whether a row of a push query on a table says that its key was deleted; all else in it is null. */
  isDeletion(row: ResultRow): boolean {
    return this.#deletions.has(row);
  }

  /** The rows as objects, by the names of the columns; in place of {@link rows}. */
  async *objects<T extends RowObject = RowObject>(): AsyncGenerator<T> {
    for await (const row of this.rows) yield rowObject(this.columns, row) as T;
  }

  [Symbol.asyncIterator](): AsyncIterator<ResultRow> {
    return this.rows;
  }

  /** Ends the query, here and on the server. */
  async close(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#connection.body.destroy();
    if (this.queryId !== null) await this.#connection.release(this.queryId);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async *#read(elements: AsyncIterator<string>): AsyncGenerator<ResultRow> {
    const types = this.columns.map(({ type }) => type);
    const read = rowReader(types);
    const parse = types.some(isExact) ? parseExactly : (text: string): unknown => JSON.parse(text);
    try {
      for (let next = await elements.next(); next.done !== true; next = await elements.next()) {
        const { row, finalMessage, errorMessage } = parse(next.value) as Element;
        if (errorMessage !== undefined) throw new KsqlServerError(withNumber(errorMessage));
        if (finalMessage !== undefined) this.#finalMessage = finalMessage;
        if (row === undefined) continue;
        const values = read(row.columns);
        if (row.tombstone === true) this.#deletions.add(values);
        yield values;
      }
      this.#isOver = true;
    } catch (thrown) {
      if (this.#connection.signal?.aborted) throw this.#connection.signal.reason;
      if (thrown instanceof MillraceError) throw thrown;
      // Whoever closes the query while another waits for its rows ends that wait.
      if (!this.#isOver) throw connectionLost(thrown);
    } finally {
      await this.close();
    }
  }
}

export function rowObject(columns: readonly { readonly name: string }[], row: ResultRow): RowObject {
  return Object.fromEntries(columns.map(({ name }, position) => [name, row[position] ?? null]));
}

/** Whether JavaScript's own reading of JSON would change values of the type. */
function isExact(type: SqlType): boolean {
  switch (type.kind) {
    case 'BIGINT':
    case 'DECIMAL':
      return true;
    case 'ARRAY':
      return isExact(type.element);
    case 'MAP':
      return isExact(type.value);
    case 'STRUCT':
      return type.fields.some((field) => isExact(field.type));
    default:
      return false;
  }
}

/** Of an error among rows whose numbers are read as texts. */
function withNumber(body: ServerErrorBody): ServerErrorBody {
  return { ...body, error_code: Number(body.error_code ?? 0) };
}

function answerError(what: string): MillraceError {
  return new MillraceError('KSQL_ANSWER', `The answer is not one of a ksqlDB server: ${what}`);
}

function connectionLost(cause: unknown): MillraceError {
  const message = `The connection to the ksqlDB server was lost: ${describeError(cause)}`;
  return new MillraceError('SERVER_UNREACHABLE', message, { retriable: true, cause });
}
