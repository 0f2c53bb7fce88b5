export type { KsqlClientOptions } from '../rest-client/client-types.ts';
export { KsqlClient } from '../rest-client/ksql-client.ts';
export { formatSql } from '../syntax/format-sql.ts';
export { CliOutput, type CliTerminal, type OutputFormat, type Spool } from './cli-output.ts';
export { CliSession } from './cli-session.ts';
export { type PromptOptions, runPrompt } from './run-prompt.ts';
