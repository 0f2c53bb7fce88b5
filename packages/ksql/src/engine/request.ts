import type { KsqlConfig } from '../lib/ksql-config.ts';
import type { Statement } from '../syntax/ast.ts';
import { type ParsedStatement, parse } from '../syntax/parse.ts';
import { normaliseConfig } from './engine-config.ts';
import { checkOverrides } from './properties/property-rules.ts';
import { substituteVariables, type Variables } from './variables.ts';

/** What one request says beside its statements. */
export type RequestOptions = {
  /** Settings by their Kafka or ksqlDB names, as SET would make them, for this request. */
  readonly properties?: KsqlConfig;
  /** Values for `${name}` in the statements. */
  readonly variables?: Variables;
  /** The number of a command: the request sees what it did, and waits for it no longer than `commandTimeoutMs`. */
  readonly commandSequenceNumber?: number;
  /** Default: 5,000, as ksqlDB (`ksql.server.command.response.timeout.ms`). */
  readonly commandTimeoutMs?: number;
  /** Ends the waiting; a statement that was written to the command topic takes effect all the same. */
  readonly signal?: AbortSignal;
};

/** A statement in its turn: variables are replaced. */
export type PreparedStatement<S extends Statement = Statement> = { readonly text: string; readonly statement: S };

/** What holds for the statements of one request, and changes from one to the next by SET and DEFINE. */
export class Session {
  /** The engine's own settings. */
  readonly config: KsqlConfig;
  readonly signal: AbortSignal | undefined;
  overrides: KsqlConfig;
  variables: Variables;

  /** @throws KsqlException for properties that can't be, or may not be changed */
  constructor({ properties = {}, variables = {}, signal }: RequestOptions, config: KsqlConfig) {
    checkOverrides(properties, config);
    this.config = config;
    this.overrides = normaliseConfig(properties);
    this.variables = variables;
    this.signal = signal;
  }

  prepare(parsed: ParsedStatement): PreparedStatement {
    const text = substituteVariables(parsed.text, this.variables);
    const own = text === parsed.text ? parsed : parse(text)[0]!;
    return { text, statement: own.build() };
  }
}
