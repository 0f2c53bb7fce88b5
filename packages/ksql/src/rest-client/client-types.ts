import type { ResultRow } from '../types/result-values.ts';
import type { ConnectionOptions } from './server-requests.ts';
import type { RowObject, TypedColumn } from './streamed-query-result.ts';

export type Properties = Readonly<Record<string, string | number | boolean>>;

export type KsqlClientOptions = ConnectionOptions & {
  /** Sent with every request, as SET would have it: `{ 'auto.offset.reset': 'earliest' }`. */
  readonly properties?: Properties;
};

/** What may be said with one request. */
export type ClientRequestOptions = {
  /** Win over those of the client. */
  readonly properties?: Properties | undefined;
  /** Ends the request, and a query with it. */
  readonly signal?: AbortSignal | undefined;
  /** How long the answer may take to begin, in milliseconds. */
  readonly timeoutMs?: number | undefined;
  /** Waits until the server has done the command with this number, so that what one server was told another knows. */
  readonly commandSequenceNumber?: number | null | undefined;
};

export type ServerInfo = {
  readonly version: string;
  readonly kafkaClusterId: string;
  readonly ksqlServiceId: string;
  readonly serverStatus: string;
};

/** The answer to a statement that changes something. */
export type ExecuteStatementResult = {
  /** Of the query that the statement started; null for others. */
  readonly queryId: string | null;
  /** What the server says, such as `Stream created`. */
  readonly message: string;
  readonly commandSequenceNumber: number | null;
};

/** All rows of a query that has ended. */
export type BatchedQueryResult = {
  readonly queryId: string | null;
  readonly columns: readonly TypedColumn[];
  readonly rows: readonly ResultRow[];
  objects<T extends RowObject = RowObject>(): readonly T[];
};

/** Where ASSERT waits. */
export type AssertOptions = ClientRequestOptions & { readonly waitMs?: number };
