import type { KsqlClient } from '../rest-client/ksql-client.ts';
import { printNameSpelling } from '../syntax/names.ts';
import { Word } from '../syntax/tokens.ts';
import { printName } from '../types/sql-type.ts';
import { CLI_COMMANDS } from './cli-commands.ts';

/** How long the server may take to say what there is; who types does not wait for more. */
const ASK_TIMEOUT_MS = 2_000;

type Names = {
  readonly sources: readonly string[];
  readonly functions: readonly string[];
};

/** Proposes what a word may go on as: keywords, the sources of the server, the columns of those in the line, functions. */
export class Completer {
  readonly #client: () => KsqlClient;
  #names: Promise<Names> | null = null;
  #columns = new Map<string, Promise<readonly string[]>>();

  /** @param client the one of the session, which `server URL` changes */
  constructor(client: () => KsqlClient) {
    this.#client = client;
  }

  /** Statements may have changed what there is. */
  forget(): void {
    this.#names = null;
    this.#columns = new Map();
  }

  /** The proposals for the last word of a line, and that word. */
  async complete(line: string): Promise<readonly [readonly string[], string]> {
    const word = /[\w`@]*$/.exec(line)![0];
    const before = line.slice(0, line.length - word.length);
    const isFirst = before.trim() === '';
    const commands = isFirst ? CLI_COMMANDS.map(({ name }) => name) : [];
    if (word === '' && isFirst) return [[], word];
    const { sources, functions } = await this.#known();
    const columns = await Promise.all(sourcesIn(line, sources).map((source) => this.#columnsOf(source)));
    const fitting = (words: readonly string[]): readonly string[] => words.filter((each) => startsWith(each, word));
    const keywords = fitting(Object.keys(Word)).map((each) => inCaseOf(word, each));
    const names = fitting([...sources, ...columns.flat(), ...functions].map(printNameSpelling)).map((each) =>
      inCaseOf(word, each),
    );
    return [[...new Set([...fitting(commands), ...keywords, ...names])], word];
  }

  #known(): Promise<Names> {
    this.#names ??= this.#ask();
    return this.#names;
  }

  async #ask(): Promise<Names> {
    const signal = AbortSignal.timeout(ASK_TIMEOUT_MS);
    const lists = await this.#client().execute('LIST STREAMS; LIST TABLES; LIST FUNCTIONS;', { signal });
    return {
      sources: lists.flatMap((list) => {
        if (list['@type'] === 'streams') return list.streams.map(({ name }) => name);
        return list['@type'] === 'tables' ? list.tables.map(({ name }) => name) : [];
      }),
      functions: lists.flatMap((list) => {
        return list['@type'] === 'function_names' ? list.functions.map(({ name }) => name.toUpperCase()) : [];
      }),
    };
  }

  #columnsOf(source: string): Promise<readonly string[]> {
    const known = this.#columns.get(source);
    if (known !== undefined) return known;
    const signal = AbortSignal.timeout(ASK_TIMEOUT_MS);
    const asked = this.#client()
      .describeSource(printName(source), { signal })
      .then(({ fields }) => fields.map(({ name }) => name));
    this.#columns.set(source, asked);
    return asked;
  }
}

/** The sources that a line names. */
function sourcesIn(line: string, sources: readonly string[]): readonly string[] {
  const words = new Set(line.match(/`[^`]+`|\w+/g)?.map((word) => word.replaceAll('`', '').toUpperCase()) ?? []);
  return sources.filter((source) => words.has(source.toUpperCase()));
}

function startsWith(candidate: string, word: string): boolean {
  const bare = candidate.startsWith('`') && !word.startsWith('`') ? candidate.slice(1) : candidate;
  return bare.toUpperCase().startsWith(word.toUpperCase());
}

/** Who types in lower case goes on in it; a quoted name keeps its letters. */
function inCaseOf(word: string, candidate: string): string {
  if (candidate.startsWith('`') || word === '' || word !== word.toLowerCase()) return candidate;
  return candidate.toLowerCase();
}
