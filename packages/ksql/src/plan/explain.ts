import { unreachable } from '@millrace/base';
import type { Expression } from '../syntax/ast.ts';
import { printExpression } from '../syntax/print-ast.ts';
import { printWindow } from '../syntax/print-statement.ts';
import { printColumn } from '../types/schema.ts';
import { printName } from '../types/sql-type.ts';
import { inputsOf, type LogicalPlan, type NamedExpression, type PlanNode } from './logical-plan.ts';

/** A plan as text for people: one node a line with what it does, its inputs below it, further in. */
export function explainPlan({ root, sink }: LogicalPlan): string {
  if (sink === null) return explainNode(root, 0).join('\n');
  const formats = `key ${sink.keyFormat.format}, value ${sink.valueFormat.format}`;
  const into = `into ${printName(sink.name)}: topic ${sink.topic}, ${formats}`;
  return [into, ...explainNode(root, 1)].join('\n');
}

function explainNode(node: PlanNode, depth: number): readonly string[] {
  const indent = '  '.repeat(depth);
  const columns = node.schema.columns.map((column) => printColumn(column)).join(', ');
  const line = `${indent}${node.kind} ${node.id}${details(node)} -> ${node.output} ${columns}`;
  return [line, ...inputsOf(node).flatMap((input) => explainNode(input, depth + 1))];
}

function details(node: PlanNode): string {
  switch (node.kind) {
    case 'source':
      return ` ${printName(node.source.name)} as ${printName(node.alias)}`;
    case 'filter':
      return ` ${node.clause} ${printExpression(node.predicate)}`;
    case 'rekey':
      return ` by ${printAll(node.expressions)} (${node.reason})`;
    case 'prefix':
      return ` with ${printName(node.alias)}`;
    case 'join': {
      const by = node.foreignKey === null ? '' : ` by ${printExpression(node.foreignKey)}`;
      return ` ${node.join}${node.within === null ? '' : ' WITHIN'}${by} key ${printName(node.keyName)}`;
    }
    case 'flat-map':
      return ` ${node.calls.map(({ name, call }) => `${printExpression(call)} as ${printName(name)}`).join(', ')}`;
    case 'aggregate': {
      const window = node.window === null ? '' : ` ${printWindow(node.window)}`;
      const having = node.having === null ? '' : ` having ${printExpression(node.having)}`;
      const groupBy = printNamed(node.groupBy);
      return `${window} by ${groupBy} calls ${printAll(node.calls)}${having} select ${printNamed(node.select)}`;
    }
    case 'project':
      return ` ${printNamed(node.select)}`;
    default:
      return unreachable(node);
  }
}

function printAll(expressions: readonly Expression[]): string {
  return expressions.map((each) => printExpression(each)).join(', ');
}

function printNamed(named: readonly NamedExpression[]): string {
  return named.map(({ name, expression }) => `${printExpression(expression)} as ${printName(name)}`).join(', ');
}
