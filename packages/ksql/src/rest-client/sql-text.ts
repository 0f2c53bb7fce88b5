import { MillraceError } from '@millrace/base';

/** A text as a literal of SQL. */
export function stringLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

const NAME = /^(?:[A-Za-z_][A-Za-z0-9_@]*|`(?:[^`]|``)+`|"(?:[^"]|"")+")$/;

/** A name as a user wrote it: folded to upper case by the server unless it is quoted. @throws MillraceError `USAGE` */
export function sourceName(name: string): string {
  if (NAME.test(name)) return name;
  throw new MillraceError('USAGE', `'${name}' is no name of SQL; write \`${name.replaceAll('`', '``')}\``);
}

/** `WITH (…)` of such properties; nothing where there are none. */
export function withClause(properties: Readonly<Record<string, string | number | boolean>>): string {
  const entries = Object.entries(properties).map(([name, value]) => {
    return `${stringLiteral(name)}=${typeof value === 'string' ? stringLiteral(value) : value}`;
  });
  return entries.length === 0 ? '' : ` WITH (${entries.join(', ')})`;
}
