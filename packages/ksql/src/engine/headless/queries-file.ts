import { readFileSync } from 'node:fs';
import { describeError } from '@millrace/base';
import { type KsqlConfig, setting } from '../../lib/ksql-config.ts';
import { KsqlException, KsqlStatementException } from '../../lib/ksql-exception.ts';
import type { Statement } from '../../syntax/ast.ts';
import { parse } from '../../syntax/parse.ts';

/** ksqlDB's: the one file of statements that an engine runs; it then takes no others. */
const QUERIES_FILE = 'ksql.queries.file';

/** Null: the engine takes statements from its users. */
export function queriesFileOf(config: KsqlConfig): string | null {
  return setting(config, QUERIES_FILE) || null;
}

const ALLOWED: Readonly<Partial<Record<Statement['kind'], readonly string[]>>> = {
  'create-source': ['CREATE STREAM', 'CREATE TABLE'],
  'create-as': ['CREATE STREAM AS SELECT', 'CREATE TABLE AS SELECT'],
  'create-type': ['REGISTER TYPE'],
  'insert-into': ['INSERT INTO'],
  'set-property': ['SET'],
  'unset-property': ['UNSET'],
};

/**
 * The text of the file, looked through.
 * @throws KsqlException in ksqlDB's words for a file that can't be read, that has other statements than those that make
 *   sources and queries, or no query at all
 */
export function readQueriesFile(path: string): string {
  const text = contentOf(path);
  const statements = parse(text).map((parsed) => ({ text: parsed.text, kind: parsed.build().kind }));
  const other = statements.find(({ kind }) => ALLOWED[kind] === undefined);
  if (other !== undefined) {
    const names = Object.values(ALLOWED).flat().toSorted().join('\n');
    throw new KsqlStatementException(
      `Unsupported statement. Only the following statements are supporting in standalone mode:\n${names}`,
      other.text,
    );
  }
  if (!statements.some(({ kind }) => kind === 'create-as' || kind === 'insert-into')) {
    throw new KsqlException(
      "The SQL file does not contain any persistent queries. i.e. it contains no 'INSERT INTO', 'CREATE TABLE x AS SELECT' " +
        "or 'CREATE STREAM x AS SELECT' style statements.",
    );
  }
  return text;
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (thrown) {
    throw new KsqlException(`Could not read the query file: ${path}. Details: ${describeError(thrown)}`, thrown);
  }
}
