import { MillraceError } from '@millrace/base';
import { printString } from '../syntax/names.ts';
import { printName } from '../types/sql-type.ts';

const NAME = /^(?:[A-Za-z_][A-Za-z0-9_@]*|`(?:[^`]|``)+`|"(?:[^"]|"")+")$/;

/** A name as a user wrote it: folded to upper case by the server unless it is quoted. @throws MillraceError `USAGE` */
export function sourceName(name: string): string {
  if (NAME.test(name)) return name;
  throw new MillraceError('USAGE', `'${name}' is no name of SQL; write ${printName(name)}`);
}

/** `WITH (…)` of such properties; nothing where there are none. */
export function withClause(properties: Readonly<Record<string, string | number | boolean>>): string {
  const entries = Object.entries(properties).map(([name, value]) => {
    return `${printString(name)}=${typeof value === 'string' ? printString(value) : value}`;
  });
  return entries.length === 0 ? '' : ` WITH (${entries.join(', ')})`;
}
