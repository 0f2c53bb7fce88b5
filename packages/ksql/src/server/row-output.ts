import type { QueryResult } from '../engine/query-result.ts';
import type { ResultRow } from '../types/result-values.ts';
import { printSchemaColumns } from './header-schema.ts';
import type { ErrorBody } from './rest-error.ts';
import { rowWriter } from './row-json.ts';
import { rowMessages } from './row-proto.ts';

/** How the rows of a query are written into an answer: a header, rows, perhaps a last word. */
export type RowOutput = {
  readonly contentType: string;
  readonly start: string;
  /** Before every element but the first. */
  readonly separator: string;
  /** After every element, at once. */
  readonly terminator: string;
  readonly end: string;
  header(): string;
  row(row: ResultRow): string;
  /** What is said after the last row; null: nothing. */
  ending(): string | null;
  failure(body: ErrorBody): string;
};

export const KSQL_JSON = 'application/vnd.ksql.v1+json';
export const DELIMITED = 'application/vnd.ksqlapi.delimited.v1';
export const PROTOBUF = 'application/vnd.ksql.v1+protobuf';
export const JSON_TYPE = 'application/json';

const ENDINGS = { 'limit-reached': 'Limit Reached', completed: 'Query Completed' } as const;

/** `/query`: a JSON array with an object a line; the rows themselves are messages where the client asks for Protocol Buffers. */
export function objectRows(result: QueryResult, contentType: string): RowOutput {
  return {
    contentType,
    start: '[',
    separator: ',\n',
    terminator: '',
    end: ']\n',
    ...(contentType === PROTOBUF ? messageElements(result) : columnElements(result)),
    ending: () => (result.ending === null ? null : JSON.stringify({ finalMessage: ENDINGS[result.ending] })),
    failure: (body) => JSON.stringify({ errorMessage: body }),
  };
}

type Elements = Pick<RowOutput, 'header' | 'row'>;

function columnElements(result: QueryResult): Elements {
  const write = rowWriter(result.columns.map(({ type }) => type));
  const { queryId } = result;
  return {
    header: () => JSON.stringify({ header: { queryId, schema: printSchemaColumns(result.columns) } }),
    row: (row) => `{"row":{"columns":${write(row)}${result.isDeletion(row) ? ',"tombstone":true' : ''}}}`,
  };
}

function messageElements(result: QueryResult): Elements {
  const { text: protoSchema, write } = rowMessages(result.columns);
  const { queryId } = result;
  return {
    header: () => JSON.stringify({ header: { queryId, protoSchema } }),
    row: (row) => `{"row":{"protobufBytes":"${write(row)}"${result.isDeletion(row) ? ',"tombstone":true' : ''}}}`,
  };
}

/** `/query-stream`: a header object, then an array a row; a line each, or all of them in one JSON array. */
export function arrayRows(result: QueryResult, contentType: string): RowOutput {
  const write = rowWriter(result.columns.map(({ type }) => type));
  const { queryId, schema } = result;
  const isDelimited = contentType === DELIMITED;
  return {
    contentType,
    start: isDelimited ? '' : '[',
    separator: isDelimited ? '' : ',\n',
    terminator: isDelimited ? '\n' : '',
    end: isDelimited ? '' : ']\n',
    header: () =>
      JSON.stringify({
        queryId,
        columnNames: schema.map(({ name }) => name),
        columnTypes: schema.map(({ type }) => type),
      }),
    row: write,
    ending: () => null,
    failure: (body) => JSON.stringify(body),
  };
}
