import type { QueryDescriptionEntity } from '../rest-client/entities.ts';
import { fieldTable, heading, labelled } from './render-fields.ts';
import { table } from './tables.ts';

/** EXPLAIN. */
export function queryLines(query: QueryDescriptionEntity, width: number): readonly string[] {
  const hosts = Object.entries(query.ksqlHostQueryStatus).map(([host, state]) => `${host}=${state}`);
  return [
    labelled('ID', query.id),
    labelled('Query Type', query.queryType),
    ...(query.statementText === '' ? [] : [labelled('SQL', query.statementText)]),
    ...(hosts.length === 0 ? [] : [labelled('Host Query Status', `{${hosts.join(', ')}}`)]),
    '',
    ...fieldTable(query, false, width),
    ...namesUnder('Sources that this query reads from: ', query.sources, 'For source', '<SourceId>'),
    ...namesUnder('Sinks that this query writes to: ', query.sinks, 'For sink', '<SinkId>'),
    ...textUnder('Execution plan', '-'.repeat(14), query.executionPlan),
    ...textUnder('Processing topology', '-'.repeat(19), query.topology),
    ...overrideLines(query, width),
    '',
    ...query.queryErrors.flatMap(({ timestamp, errorMessage, type }) => [
      labelled('Error Date', errorDate(timestamp)),
      labelled('Error Details', errorMessage),
      labelled('Error Type', type),
    ]),
  ];
}

function namesUnder(title: string, names: readonly string[], hint: string, id: string): readonly string[] {
  if (names.length === 0) return [];
  const rule = '-'.repeat(35);
  return [...heading(title, rule), ...names, '', `${hint} description please run: DESCRIBE [EXTENDED] ${id}`];
}

function textUnder(title: string, rule: string, text: string): readonly string[] {
  return text === '' ? [] : [...heading(title, rule), ...text.split('\n')];
}

function overrideLines({ overriddenProperties }: QueryDescriptionEntity, width: number): readonly string[] {
  const rows = Object.entries(overriddenProperties).map(([name, value]) => [name, String(value)]);
  if (rows.length === 0) return [];
  rows.sort(([left = ''], [right = '']) => (left < right ? -1 : 1));
  return [...heading('Overridden Properties', '-'.repeat(21)), ...table(['Property', 'Value'], rows, width)];
}

/** In UTC, so that two people who talk of an error talk of the same time. */
function errorDate(timestampMs: number): string {
  return `${new Date(timestampMs).toISOString().replace('T', ' ').replace('.', ',').replace('Z', '')} (UTC)`;
}
