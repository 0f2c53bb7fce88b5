export { formatSql } from '../syntax/format-sql.ts';
export { type CliOptions, CliSession } from './cli-session.ts';
export { type ClientRows, type ClientSession, type Entity, KsqlClient, type KsqlClientOptions } from './ksql-client.ts';
export { runRepl } from './repl.ts';
