import { MillraceError } from '@millrace/base';

/** What one entry of `sasl.jaas.config` says: the login module's class, and its options. */
export type JaasEntry = { readonly module: string; readonly options: Readonly<Record<string, string>> };

const ENTRY =
  /^\s*([\w.$]+)\s+(?:required|requisite|sufficient|optional)((?:\s+[\w.-]+\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s;"]+))*)\s*;?\s*$/i;
const OPTION = /([\w.-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/g;

/**
 * Reads `some.LoginModule required username="alice" password="secret";`.
 *
 * @throws MillraceError `USAGE` for what is no such entry.
 */
export function parseJaas(text: string): JaasEntry {
  const match = ENTRY.exec(text);
  if (match === null) {
    throw new MillraceError(
      'USAGE',
      'sasl.jaas.config is not MODULE required KEY="VALUE" …; with one login module and a semicolon at the end',
    );
  }
  const options = [...match[2]!.matchAll(OPTION)].map(
    ([, name, quoted, plain]) => [name!, quoted === undefined ? plain! : quoted.replace(/\\(.)/g, '$1')] as const,
  );
  return { module: match[1]!, options: Object.fromEntries(options) };
}
