import type { ConnectorDescriptionEntity } from '../rest-client/entities.ts';
import { labelled } from './render-fields.ts';
import { table } from './tables.ts';

/** DESCRIBE CONNECTOR. */
export function connectorLines(described: ConnectorDescriptionEntity, width: number): readonly string[] {
  const { connectorClass, status, sources, topics } = described;
  const { connector, tasks } = status;
  const trace = connector.trace ?? '';
  return [
    labelled('Name', status.name),
    labelled('Class', connectorClass),
    labelled('Type', status.type),
    labelled('State', connector.state),
    labelled('WorkerId', connector.worker_id),
    ...(trace === '' ? [] : [labelled('Trace', trace)]),
    ...listUnder(
      ['Task ID', 'State', 'Error Trace'],
      tasks.map((task) => [String(task.id), task.state, task.trace ?? '']),
      width,
    ),
    ...listUnder(
      ['KSQL Source Name', 'Kafka Topic', 'Type'],
      sources.map(({ name, topic, type }) => [name, topic, type]),
      width,
    ),
    ...listUnder(
      ['Related Topics'],
      topics.map((topic) => [topic]),
      width,
    ),
  ];
}

function listUnder(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
): readonly string[] {
  return rows.length === 0 ? [] : ['', ...table(headings, rows, width)];
}
