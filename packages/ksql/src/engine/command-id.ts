import { unreachable } from '@millrace/base';
import type {
  AlterSource,
  CreateAs,
  CreateSource,
  CreateType,
  DropSource,
  DropType,
  InsertInto,
  QueryControl,
  Statement,
} from '../syntax/ast.ts';
import { printName } from '../types/sql-type.ts';

/** Statements that go through the command topic. */
export type LoggedStatement =
  | CreateSource
  | CreateAs
  | InsertInto
  | DropSource
  | AlterSource
  | CreateType
  | DropType
  | QueryControl;

const LOGGED: ReadonlySet<Statement['kind']> = new Set<LoggedStatement['kind']>([
  ...(['create-source', 'create-as', 'insert-into', 'drop-source', 'alter-source'] as const),
  ...(['create-type', 'drop-type', 'query-control'] as const),
]);

export function isLogged(statement: Statement): statement is LoggedStatement {
  return LOGGED.has(statement.kind);
}

/** ksqlDB's name of a command: what it is about, its name, and what happens to it. */
export function commandIdOf(statement: LoggedStatement): string {
  switch (statement.kind) {
    case 'create-source':
    case 'create-as':
      return `${statement.sourceKind.toLowerCase()}/${printName(statement.name)}/create`;
    case 'insert-into':
      return `stream/${printName(statement.target)}/create`;
    case 'drop-source':
      return `${statement.sourceKind.toLowerCase()}/${printName(statement.name)}/drop`;
    case 'alter-source':
      return `${statement.sourceKind.toLowerCase()}/${printName(statement.name)}/alter`;
    case 'create-type':
      return `type/${statement.name}/create`;
    case 'drop-type':
      return `type/${statement.name}/drop`;
    case 'query-control':
      return `${statement.action.toLowerCase()}/${statement.queryId ?? 'ALL'}/execute`;
    default:
      return unreachable(statement);
  }
}
