import type { Statement } from '../syntax/ast.ts';
import { normaliseName } from './engine-config.ts';
import { checkSet, checkUnset } from './properties/property-rules.ts';
import type { Session } from './request.ts';

/**
 * SET, UNSET, DEFINE and UNDEFINE: true where the statement was one, and the session has changed.
 * @throws KsqlException for a setting that nobody has, and a value that it can't have
 */
export function changeSession(statement: Statement, session: Session): boolean {
  switch (statement.kind) {
    case 'set-property':
      checkSet(statement.name, statement.value, session.config);
      session.overrides = { ...session.overrides, [normaliseName(statement.name)]: statement.value };
      return true;
    case 'unset-property':
      checkUnset(statement.name);
      session.overrides = without(session.overrides, normaliseName(statement.name));
      return true;
    case 'define-variable':
      session.variables = { ...session.variables, [statement.name]: statement.value };
      return true;
    case 'undefine-variable':
      session.variables = without(session.variables, statement.name);
      return true;
    default:
      return false;
  }
}

function without<T>(entries: Readonly<Record<string, T>>, name: string): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(entries).filter(([each]) => each !== name));
}
