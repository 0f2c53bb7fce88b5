import { describeError, MillraceError } from '@millrace/base';
import { parse } from '../syntax/parse.ts';
import type { KsqlClient } from './ksql-client.ts';
import { renderEntity, renderTable, renderValue } from './render.ts';

export type CliOptions = {
  readonly client: KsqlClient;
  readonly write: (text: string) => Promise<void>;
  /** Answers as the server gives them: an object of JSON a line. */
  readonly isJson: boolean;
  readonly readFile: (path: string) => string;
  readonly signal?: AbortSignal | undefined;
};

/** A pull query's table is printed when so many rows are there: then the widths of its columns are known well enough. */
const ROWS_BEFORE_PRINTING = 20;
/** Rows that come one by one, as a push query's, are not held back. */
const PRINTING_DELAY_MS = 250;
const SCRIPT_DEPTH_MAX = 10;

/** Statements from a terminal or a script, run on a server; SET and DEFINE hold until the end. */
export class CliSession {
  readonly #options: CliOptions;
  #properties: Readonly<Record<string, string>> = {};
  #variables: Readonly<Record<string, string>> = {};
  #scriptDepth = 0;

  constructor(options: CliOptions) {
    this.#options = options;
  }

  /** Runs the statements of a text, one after the other. @throws MillraceError for the first that fails */
  async run(text: string): Promise<void> {
    for (const { text: own, kind, change } of statementsOf(text)) {
      if (change !== null) change(this);
      else if (kind === 'query') await this.#query(own);
      else if (kind === 'print-topic') await this.#print(own);
      else if (kind === 'run-script') await this.#script(own);
      else await this.#execute(own);
    }
  }

  setProperty(name: string, value: string | null): void {
    this.#properties = changed(this.#properties, name, value);
  }

  setVariable(name: string, value: string | null): void {
    this.#variables = changed(this.#variables, name, value);
  }

  get #session() {
    return { properties: this.#properties, variables: this.#variables };
  }

  async #execute(sql: string): Promise<void> {
    const { client, write, isJson, signal } = this.#options;
    for (const entity of await client.execute(sql, this.#session, signal)) {
      await write(isJson ? `${JSON.stringify(entity)}\n` : renderEntity(entity));
    }
  }

  async #print(sql: string): Promise<void> {
    const { client, write, signal } = this.#options;
    for await (const line of await client.print(sql, this.#session, signal)) await write(`${line}\n`);
  }

  async #script(sql: string): Promise<void> {
    const path = /'((?:[^']|'')*)'/.exec(sql)?.[1]?.replaceAll("''", "'") ?? '';
    if (this.#scriptDepth >= SCRIPT_DEPTH_MAX)
      throw new MillraceError('USAGE', `${path} runs scripts that run scripts…`);
    this.#scriptDepth++;
    await this.run(this.#options.readFile(path));
    this.#scriptDepth--;
  }

  async #query(sql: string): Promise<void> {
    const { client, write, isJson, signal } = this.#options;
    const { columnNames, rows } = await client.query(sql, this.#session, signal);
    if (isJson) {
      for await (const row of rows) {
        await write(`${JSON.stringify(Object.fromEntries(columnNames.map((name, at) => [name, row[at]])))}\n`);
      }
      return;
    }
    const table = new GrowingTable(columnNames, write);
    for await (const row of rows) await table.add(row);
    await table.end();
  }
}

/** Prints its first rows as a table, and those after it in columns of the same widths. */
class GrowingTable {
  readonly #headings: readonly string[];
  readonly #write: CliOptions['write'];
  #waiting: (readonly unknown[])[] = [];
  #timer: NodeJS.Timeout | null = null;
  #widths: readonly number[] | null = null;

  constructor(headings: readonly string[], write: CliOptions['write']) {
    this.#headings = headings;
    this.#write = write;
  }

  async add(row: readonly unknown[]): Promise<void> {
    if (this.#widths !== null) return this.#write(this.#line(row));
    this.#waiting.push(row);
    this.#timer ??= setTimeout(() => void this.#begin(), PRINTING_DELAY_MS);
    if (this.#waiting.length >= ROWS_BEFORE_PRINTING) await this.#begin();
  }

  async end(): Promise<void> {
    if (this.#widths === null) await this.#begin();
  }

  async #begin(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    const table = renderTable(this.#headings, this.#waiting);
    this.#widths = table
      .split('\n')[1]!
      .split('-+-')
      .map(({ length }) => length);
    this.#waiting = [];
    await this.#write(table);
  }

  #line(row: readonly unknown[]): string {
    return `${row
      .map((value, column) => renderValue(value).padEnd(this.#widths![column] ?? 0))
      .join(' | ')
      .trimEnd()}\n`;
  }
}

type CliStatement = {
  readonly text: string;
  readonly kind: string;
  /** What it does to the session, for statements that are the session's alone. */
  readonly change: ((session: CliSession) => void) | null;
};

/** What can't be read here is left to the server to refuse, in its words. */
function statementsOf(text: string): readonly CliStatement[] {
  try {
    return parse(text, { testStatements: true }).map((parsed) => {
      const statement = parsed.build();
      return { text: parsed.text, kind: statement.kind, change: changeOf(statement) };
    });
  } catch (thrown) {
    if (!(thrown instanceof MillraceError)) throw thrown;
    // With variables in it a text may be read only by the server, which knows them.
    if (/\$\{/.test(text)) return [{ text, kind: /^\s*SELECT\b/i.test(text) ? 'query' : 'other', change: null }];
    throw new MillraceError('KSQL', describeError(thrown).replace(/^[A-Z_]+: /, ''), { cause: thrown });
  }
}

function changeOf(statement: ReturnType<ReturnType<typeof parse>[number]['build']>): CliStatement['change'] {
  switch (statement.kind) {
    case 'set-property':
      return (session) => session.setProperty(statement.name, statement.value);
    case 'unset-property':
      return (session) => session.setProperty(statement.name, null);
    case 'define-variable':
      return (session) => session.setVariable(statement.name, statement.value);
    case 'undefine-variable':
      return (session) => session.setVariable(statement.name, null);
    default:
      return null;
  }
}

function changed(
  entries: Readonly<Record<string, string>>,
  name: string,
  value: string | null,
): Readonly<Record<string, string>> {
  const others = Object.entries(entries).filter(([each]) => each !== name);
  return Object.fromEntries(value === null ? others : [...others, [name, value]]);
}
