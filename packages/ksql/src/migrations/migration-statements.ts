import { MillraceError } from '@millrace/base';
import { substituteVariables } from '../engine/variables.ts';
import type { KsqlClient } from '../rest-client/ksql-client.ts';
import { classifyStatement } from '../syntax/classify-statement.ts';
import { parse } from '../syntax/parse.ts';
import { splitStatements, withoutComments } from '../syntax/split-statements.ts';
import { migrationError, reasonOf } from './migration-error.ts';

const UNSUPPORTED = /^(DESCRIBE|EXPLAIN|SELECT|PRINT|SHOW|LIST|RUN\s+SCRIPT)\b/i;

/** The statements of a file. @throws MillraceError `MIGRATION` where the last one has no end */
export function statementsOf(text: string): readonly string[] {
  const { statements, rest, open } = splitStatements(text);
  if (open !== null) throw migrationError(`Invalid sql - failed to find closing token of ${open}`);
  if (rest !== '') throw migrationError(`Unmatched command at end of file; missing semicolon: '${rest}'`);
  return statements.map(withoutComments).filter((statement) => statement !== ';');
}

/** Statements one after the other on a server; what SET and DEFINE say holds until the last one. */
export class StatementRunner {
  readonly #client: KsqlClient;
  readonly #properties: Map<string, string> = new Map();

  /** @param variables hold from the start, and nothing else that the client had */
  constructor(client: KsqlClient, variables: Readonly<Record<string, string>>) {
    this.#client = client;
    for (const name of Object.keys(client.getVariables())) client.undefine(name);
    for (const [name, value] of Object.entries(variables)) client.define(name, value);
  }

  /** Reads a statement, and does of it what the statements after it need to be read. */
  check(statement: string): void {
    const unsupported = UNSUPPORTED.exec(statement)?.[1];
    if (unsupported !== undefined) {
      throw migrationError(`'${unsupported.toUpperCase().replace(/\s+/, ' ')}' statements are not supported.`);
    }
    const substituted = this.#substituted(statement);
    try {
      for (const parsed of parse(substituted)) parsed.build();
    } catch (thrown) {
      if (!(thrown instanceof MillraceError)) throw thrown;
      const reason = reasonOf(thrown);
      throw migrationError(`Failed to parse the statement. Statement: ${substituted}. Reason: ${reason}`);
    }
    this.#local(substituted);
  }

  async run(statement: string): Promise<void> {
    if (this.#local(this.#substituted(statement))) return;
    // The server replaces variables in what it gets.
    await this.#client.execute(statement, { properties: Object.fromEntries(this.#properties) });
  }

  /** Whether the statement was this session's alone. */
  #local(statement: string): boolean {
    const classified = classifyStatement(statement);
    switch (classified.kind) {
      case 'set':
        this.#properties.set(classified.name, classified.value);
        return true;
      case 'unset':
        this.#properties.delete(classified.name);
        return true;
      case 'define':
        this.#client.define(classified.name, classified.value);
        return true;
      case 'undefine':
        this.#client.undefine(classified.name);
        return true;
      default:
        return false;
    }
  }

  #substituted(statement: string): string {
    return substituteVariables(statement, this.#client.getVariables());
  }
}
