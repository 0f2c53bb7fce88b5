export type { KsqlEngineOptions } from './engine/engine-options.ts';
export { type EngineInfo, KsqlEngine } from './engine/ksql-engine.ts';
export type { QueryColumn, QueryEnding, QueryResult } from './engine/query-result.ts';
export type { RequestOptions } from './engine/request.ts';
export type {
  CommandStatusResult,
  ConnectorCreated,
  ConnectorDescription,
  ConnectorDropped,
  ConnectorsList,
  ErrorResult,
  FieldInfo,
  FunctionsList,
  HostStat,
  InsertedResult,
  PluginsList,
  PropertiesList,
  QueriesList,
  QueryDescription,
  QueryInfo,
  QueryState,
  SessionResult,
  SourceDescription,
  SourceInfo,
  StatementResult,
  StreamsList,
  TablesList,
  TaskInfo,
  TerminatedResult,
  TopicsList,
  TypesList,
  VariablesList,
  WarningResult,
} from './engine/results.ts';
export { StatementFailedException } from './engine/statement-failed.ts';
export { MemorySchemaRegistry } from './formats/schema-registry/memory-schema-registry.ts';
export type { SchemaRegistry } from './formats/schema-registry/schema-registry.ts';
export { builtInFunctions } from './functions/built-in.ts';
export {
  type AggregateFunction,
  type BoundAggregate,
  boundNullableOverload,
  boundOverload,
  type FunctionContext,
  nullableOverload,
  overload,
  type ScalarFunction,
  type TableFunction,
  tableOverload,
} from './functions/function.ts';
export * as parameters from './functions/parameter.ts';
export { FunctionRegistry } from './functions/registry.ts';
export { KsqlException, KsqlStatementException, ParseFailedException } from './lib/ksql-exception.ts';
export { HttpSchemaRegistry, type HttpSchemaRegistryOptions } from './registry/http-schema-registry.ts';
export { RegistryStore } from './registry/registry-store.ts';
export { SchemaRegistryServer, type SchemaRegistryServerOptions } from './registry/schema-registry-server.ts';
export type {
  AssertOptions,
  BatchedQueryResult,
  ClientRequestOptions,
  ExecuteStatementResult,
  KsqlClientOptions,
  ServerInfo,
} from './rest-client/client-types.ts';
export type { KsqlEntity } from './rest-client/entities.ts';
export type { ClientTls } from './rest-client/http-transport.ts';
export type { InsertRow, InsertValue } from './rest-client/insert-json.ts';
export type { InsertAck } from './rest-client/inserts.ts';
export { KsqlClient } from './rest-client/ksql-client.ts';
export type {
  ConnectorSummary,
  SourceDetails,
  SourceField,
  SourceSummary,
  TopicSummary,
} from './rest-client/listings.ts';
export { KsqlServerError } from './rest-client/server-error.ts';
export { type RowObject, StreamedQueryResult, type TypedColumn } from './rest-client/streamed-query-result.ts';
export { KsqlServer, type KsqlServerOptions } from './server/ksql-server.ts';
export { Decimal } from './types/decimal.ts';
export type { ResultColumn, ResultRow, ResultValue } from './types/result-values.ts';
export { type SqlType, SqlTypes } from './types/sql-type.ts';
export type { SqlValue } from './types/values.ts';
