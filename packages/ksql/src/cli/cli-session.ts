import { MillraceError } from '@millrace/base';
import { substituteVariables } from '../engine/variables.ts';
import type { ClientRequestOptions } from '../rest-client/client-types.ts';
import type { KsqlEntity } from '../rest-client/entities.ts';
import type { KsqlClient } from '../rest-client/ksql-client.ts';
import { KsqlServerError } from '../rest-client/server-error.ts';
import { classifyStatement } from '../syntax/classify-statement.ts';
import { splitStatements } from '../syntax/split-statements.ts';
import type { CliOutput } from './cli-output.ts';
import { entityLines } from './render-entity.ts';
import { rowPrinter } from './row-printer.ts';

export type SessionOptions = {
  /** A client of the server at this URL; made anew by `server URL`. */
  readonly connect: (url: string) => KsqlClient;
  readonly url: string;
  readonly output: CliOutput;
  readonly properties?: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, string>>;
  /** After so many rows a query is ended; null: never. */
  readonly queryRowLimit?: number | null;
  /** So many milliseconds after its header. */
  readonly queryTimeoutMs?: number | null;
};

/** ksqlDB's code for a server that has not caught up with a command in time. */
const CATCH_UP_TIMEOUT = 50301;

/** Statements from a terminal or a script, run on a server one after the other; SET and DEFINE hold until the end. */
export class CliSession {
  readonly #options: SessionOptions;
  readonly #output: CliOutput;
  #client: KsqlClient;
  readonly #properties: Map<string, string>;
  #lastSequenceNumber: number | null = null;
  /** Whether a request goes out before the server has done the commands of earlier ones. */
  isPipelining = false;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#output = options.output;
    this.#client = options.connect(options.url);
    this.#properties = new Map(Object.entries(options.properties ?? {}));
    for (const [name, value] of Object.entries(options.variables ?? {})) this.#client.define(name, value);
  }

  get client(): KsqlClient {
    return this.#client;
  }

  get output(): CliOutput {
    return this.#output;
  }

  async close(): Promise<void> {
    this.#output.spoolTo(null);
    await this.#client.close();
  }

  async changeServer(url: string): Promise<void> {
    const next = this.#options.connect(url);
    for (const [name, value] of Object.entries(this.#client.getVariables())) next.define(name, value);
    await this.#client.close();
    this.#client = next;
    this.#lastSequenceNumber = null;
    this.isPipelining = false;
  }

  /**
   * Runs the statements of a text. Those that follow each other and have no rows go out as one request, so that the server
   * refuses all of them where one is wrong.
   * @throws MillraceError for the first that fails, or a text whose last statement has no end
   */
  async run(text: string, signal?: AbortSignal): Promise<void> {
    const { statements, rest } = splitStatements(text);
    let together = '';
    const flush = async (): Promise<void> => {
      const request = together;
      together = '';
      if (request !== '') await this.#execute(request, signal);
    };
    for (const statement of statements) {
      // Who ends a query with Ctrl-C does not want what comes after it.
      signal?.throwIfAborted();
      const classified = classifyStatement(this.#isLocal(statement) ? this.#substituted(statement) : statement);
      if (classified.kind === 'request') {
        together += `${statement}\n`;
        continue;
      }
      await flush();
      switch (classified.kind) {
        case 'query':
          await this.#query(statement, signal);
          break;
        case 'print':
          await this.#print(statement, signal);
          break;
        case 'set':
          await this.#set(classified.name, classified.value, signal);
          break;
        case 'unset':
          await this.#unset(classified.name);
          break;
        case 'define':
          this.#client.define(classified.name, classified.value);
          break;
        case 'undefine':
          await this.#undefine(classified.name);
          break;
        case 'show-variables':
          await this.#showVariables(statement);
          break;
      }
    }
    await flush();
    if (rest !== '')
      throw new MillraceError('USAGE', `A statement has no end: a semicolon is missing behind '${rest}'`);
  }

  // ----------------------------------------------------------------------------------------------- on the server

  #request(signal: AbortSignal | undefined): ClientRequestOptions {
    const commandSequenceNumber = this.isPipelining ? null : this.#lastSequenceNumber;
    const properties = Object.fromEntries(this.#properties);
    return { properties, signal, ...(commandSequenceNumber === null ? {} : { commandSequenceNumber }) };
  }

  async #execute(sql: string, signal: AbortSignal | undefined): Promise<void> {
    const entities = await this.#asked(() => this.#client.execute(sql, this.#request(signal)));
    for (const entity of entities) {
      if (entity['@type'] !== 'currentStatus') continue;
      const { commandStatus, commandSequenceNumber } = entity;
      if (commandStatus.status === 'ERROR') throw new MillraceError('KSQL', commandStatus.message);
      this.#lastSequenceNumber = Math.max(this.#lastSequenceNumber ?? -1, commandSequenceNumber ?? -1);
    }
    await this.#show(entities);
  }

  /** Runs a request; what a failed one did before is shown, and what can be done about waiting. */
  async #asked<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (thrown) {
      if (!(thrown instanceof KsqlServerError)) throw thrown;
      if (thrown.entities.length > 0) await this.#show(thrown.entities);
      if (thrown.errorCode === CATCH_UP_TIMEOUT) {
        await this.#output.lines([
          'Error: command not executed since the server timed out while waiting for prior commands to finish executing.',
          'If you wish to execute new commands without waiting for prior commands to finish, run the command ' +
            "'request-pipelining ON'.",
        ]);
      }
      throw thrown;
    }
  }

  async #show(entities: readonly KsqlEntity[]): Promise<void> {
    if (this.#output.format === 'JSON') {
      await this.#output.write(`${JSON.stringify(entities, null, 2)}\n`);
      return;
    }
    for (const entity of entities) {
      const statement = entities.length > 1 ? [entity.statementText] : [];
      await this.#output.lines(['', ...statement, ...entityLines(entity, this.#output.width)]);
    }
  }

  async #query(sql: string, signal: AbortSignal | undefined): Promise<void> {
    const { queryRowLimit = null, queryTimeoutMs = null } = this.#options;
    const query = await this.#asked(() => this.#client.streamQuery(sql, this.#request(signal)));
    const timer = queryTimeoutMs === null ? undefined : setTimeout(() => void query.close(), queryTimeoutMs);
    try {
      const printer = rowPrinter(query, this.#output);
      await this.#output.write(printer.header);
      let count = 0;
      for await (const row of query.rows) {
        await this.#output.write(printer.row(row));
        if (++count === queryRowLimit) break;
      }
      if (query.finalMessage !== null) await this.#notice(query.finalMessage);
    } catch (thrown) {
      // Ctrl-C ends the query, not the session.
      if (!signal?.aborted) throw thrown;
    } finally {
      clearTimeout(timer);
      await query.close();
    }
    await this.#notice('Query terminated');
  }

  async #print(sql: string, signal: AbortSignal | undefined): Promise<void> {
    try {
      for await (const line of this.#client.print(sql, this.#request(signal))) {
        if (line !== '') await this.#output.write(`${line}\n`);
      }
    } catch (thrown) {
      if (!signal?.aborted) throw thrown;
    }
    await this.#notice('Topic printing ceased');
  }

  /** What is said to people only. */
  async #notice(text: string): Promise<void> {
    if (this.#output.format === 'TABULAR') await this.#output.write(`${text}\n`);
  }

  // ----------------------------------------------------------------------------------------------- in the session

  async #set(name: string, value: string, signal: AbortSignal | undefined): Promise<void> {
    await this.#client.checkProperty(name, { signal });
    const before = this.#properties.get(name);
    this.#properties.set(name, value);
    const from = before === undefined ? '' : ` from '${before}'`;
    const hint = before === undefined ? ' Use the UNSET command to revert your change.' : '';
    await this.#notice(`Successfully changed local property '${name}'${from} to '${value}'.${hint}`);
  }

  async #unset(name: string): Promise<void> {
    const before = this.#properties.get(name);
    if (before === undefined) {
      throw new MillraceError('KSQL', `Cannot unset local property '${name}' which was never set in the first place`);
    }
    this.#properties.delete(name);
    await this.#notice(`Successfully unset local property '${name}' (value was '${before}').`);
  }

  async #undefine(name: string): Promise<void> {
    const lower = name.toLowerCase();
    const isDefined = Object.keys(this.#client.getVariables()).some((each) => each.toLowerCase() === lower);
    this.#client.undefine(name);
    if (isDefined) return;
    await this.#notice(`Cannot undefine variable '${name}' which was never defined.`);
  }

  #showVariables(statementText: string): Promise<void> {
    const variables = Object.entries(this.#client.getVariables()).map(([name, value]) => ({ name, value }));
    return this.#show([{ '@type': 'variables', statementText, variables }]);
  }

  #isLocal(statement: string): boolean {
    return /^(?:SET|UNSET|DEFINE|UNDEFINE)\b/i.test(statement);
  }

  /** The server replaces variables in what it gets; what stays here is the session's to read. */
  #substituted(statement: string): string {
    return substituteVariables(statement, this.#client.getVariables());
  }
}
