import type { EntityBodies, KsqlEntity, QueryEntity, SourceEntity, TopicEntity } from '../rest-client/entities.ts';
import { fieldType } from '../rest-client/field-type.ts';
import { connectorLines } from './render-connector.ts';
import { CLI_STRING } from './render-fields.ts';
import { functionLines } from './render-function.ts';
import { queryLines } from './render-query.ts';
import { sourceLines } from './render-source.ts';
import { table } from './tables.ts';

/** One of the objects of `/ksql` as the lines that ksqlDB's CLI prints for it. */
export function entityLines(entity: KsqlEntity, width: number): readonly string[] {
  return [...bodyLines(entity, width), ...(entity.warnings ?? []).map(({ message }) => `WARNING: ${message}`)];
}

function bodyLines(entity: KsqlEntity, width: number): readonly string[] {
  const message = (text: string): readonly string[] => table(['Message'], [[text]], width);
  switch (entity['@type']) {
    case 'currentStatus':
      return message(entity.commandStatus.message.split('\n', 1)[0]!);
    case 'warning_entity':
      return message(entity.message);
    case 'connector_info':
      return message(`Created connector ${entity.info.name}`);
    case 'drop_connector':
      return message(`Dropped connector "${entity.connectorName}"`);
    case 'terminate_query':
      return message(`Terminated query "${entity.queryId}"`);
    case 'error_entity':
      return table(['Error'], [[errorText(entity.errorMessage)]], width);
    case 'assert_topic':
      return [`Topic ${entity.topicName} ${entity.exists ? 'exists' : 'does not exist'}.`];
    case 'assert_schema':
      return [assertedSchema(entity)];
    case 'sourceDescription':
      return sourceLines(entity.sourceDescription, width);
    case 'source_descriptions':
      return entity.sourceDescriptions.flatMap((source) => [...sourceLines(source, width), '']);
    case 'queryDescription':
      return queryLines(entity.queryDescription, width);
    case 'query_descriptions':
      return entity.queryDescriptions.flatMap((query) => [...queryLines(query, width), '']);
    case 'describe_function':
      return functionLines(entity, width);
    case 'connector_description':
      return connectorLines(entity, width);
    default:
      return listLines(entity, width);
  }
}

type List = Extract<KsqlEntity, { readonly '@type': keyof typeof LISTS }>;

type ListShape<T extends keyof EntityBodies> = {
  readonly headings: readonly string[];
  rows(entity: EntityBodies[T]): readonly (readonly string[])[];
  readonly footer?: string;
};

const TOPIC_HEADINGS = ['Kafka Topic', 'Partitions', 'Partition Replicas'];

/** What is shown as one table. */
const LISTS = {
  streams: {
    headings: ['Stream Name', 'Kafka Topic', 'Key Format', 'Value Format', 'Windowed'],
    rows: ({ streams }) => streams.toSorted(byName).map(sourceCells),
  } satisfies ListShape<'streams'>,
  tables: {
    headings: ['Table Name', 'Kafka Topic', 'Key Format', 'Value Format', 'Windowed'],
    rows: ({ tables }) => tables.toSorted(byName).map(sourceCells),
  } satisfies ListShape<'tables'>,
  kafka_topics: {
    headings: TOPIC_HEADINGS,
    rows: ({ topics }) => topics.map(topicCells),
  } satisfies ListShape<'kafka_topics'>,
  kafka_topics_extended: {
    headings: [...TOPIC_HEADINGS, 'Consumers', 'ConsumerGroups'],
    rows: ({ topics }) => {
      return topics.map((topic) => {
        return [...topicCells(topic), String(topic.consumerCount ?? 0), String(topic.consumerGroupCount ?? 0)];
      });
    },
  } satisfies ListShape<'kafka_topics_extended'>,
  queries: {
    headings: ['Query ID', 'Query Type', 'Status', 'Sink Name', 'Sink Kafka Topic', 'Query String'],
    rows: ({ queries }) => queries.map(queryCells),
    footer: 'For detailed information on a Query run: EXPLAIN <Query ID>;',
  } satisfies ListShape<'queries'>,
  function_names: {
    headings: ['Function Name', 'Category'],
    rows: functionCells,
    footer: 'For detailed information about a function, run: DESCRIBE FUNCTION <Function Name>;',
  } satisfies ListShape<'function_names'>,
  properties: {
    headings: ['Property', 'Scope', 'Default override', 'Effective Value'],
    rows: propertyCells,
  } satisfies ListShape<'properties'>,
  type_list: {
    headings: ['Type Name', 'Schema'],
    rows: ({ types }) => {
      const rows = Object.entries(types).map(([name, schema]) => [name, fieldType(schema, CLI_STRING)]);
      return rows.sort(([left = ''], [right = '']) => (left < right ? -1 : 1));
    },
  } satisfies ListShape<'type_list'>,
  variables: {
    headings: ['Variable Name', 'Value'],
    rows: ({ variables }) => variables.toSorted(byName).map(({ name, value }) => [name, value]),
  } satisfies ListShape<'variables'>,
  connector_list: {
    headings: ['Connector Name', 'Type', 'Class', 'Status'],
    rows: ({ connectors }) => {
      return connectors.map(({ name, type, className, state }) => [
        name,
        (type ?? 'unknown').toUpperCase(),
        className ?? '',
        state ?? '',
      ]);
    },
  } satisfies ListShape<'connector_list'>,
  connector_plugins_list: {
    headings: ['Class', 'Type', 'Version'],
    rows: ({ connectorsPlugins }) => {
      return connectorsPlugins.map(({ className, type, version }) => [
        className,
        (type ?? 'unknown').toUpperCase(),
        version ?? '',
      ]);
    },
  } satisfies ListShape<'connector_plugins_list'>,
};

function listLines(entity: List, width: number): readonly string[] {
  const shape = LISTS[entity['@type']] as ListShape<keyof EntityBodies> | undefined;
  // A server of a newer version may know answers that are unknown here.
  if (shape === undefined) return JSON.stringify(entity, null, 2).split('\n');
  const footer = shape.footer === undefined ? [] : [shape.footer];
  return [...table(shape.headings, shape.rows(entity), width), ...footer];
}

function byName(left: { readonly name: string }, right: { readonly name: string }): number {
  return left.name < right.name ? -1 : left.name > right.name ? 1 : 0;
}

function sourceCells({ name, topic, keyFormat, valueFormat, isWindowed }: SourceEntity): readonly string[] {
  return [name, topic, keyFormat, valueFormat, String(isWindowed)];
}

/** Replicas are told once where all partitions have as many. */
function topicCells({ name, replicaInfo }: TopicEntity): readonly string[] {
  const distinct = new Set(replicaInfo);
  const replicas = distinct.size > 1 ? replicaInfo.join(', ') : String(replicaInfo[0] ?? 0);
  return [name, String(replicaInfo.length), replicas];
}

function queryCells({ id, queryType, state, sinks, sinkKafkaTopics, queryString, ...query }: QueryEntity) {
  const counts = Object.entries(query.statusCount ?? {}).map(([name, count]) => `${name}:${count}`);
  const status = counts.length === 0 ? (state ?? 'N/A') : counts.join(', ');
  return [id, queryType ?? '', status, sinks.join(','), sinkKafkaTopics.join(','), queryString.replaceAll('\n', ' ')];
}

/** By category, with an empty row between them. */
function functionCells({ functions }: EntityBodies['function_names']): readonly (readonly string[])[] {
  const order = (each: (typeof functions)[number]): string => `${each.category}\0${each.name}`;
  const sorted = functions.toSorted((left, right) => (order(left) < order(right) ? -1 : 1));
  return sorted.flatMap(({ name, category }, index) => {
    const isNext = index > 0 && sorted[index - 1]!.category !== category;
    return isNext
      ? [
          [' ', ' '],
          [name, category],
        ]
      : [[name, category]];
  });
}

function propertyCells({ properties, overwrittenProperties, defaultProperties }: EntityBodies['properties']) {
  const overwritten = new Set(overwrittenProperties);
  const defaults = new Set(defaultProperties);
  return properties.toSorted(byName).map(({ name, scope, value }) => {
    const override = overwritten.has(name) ? 'SESSION' : defaults.has(name) ? '' : 'SERVER';
    return [name, scope, override, value ?? 'NULL'];
  });
}

function assertedSchema({ subject, id, exists }: EntityBodies['assert_schema']): string {
  const what = [
    subject === null || subject === undefined ? '' : ` subject ${subject}`,
    typeof id === 'number' ? ` id ${id}` : '',
  ];
  return `Schema with${what.join('')} ${exists ? 'exists' : 'does not exist'}.`;
}

const ERROR_WIDTH = 60;

/** What Kafka Connect says is JSON, mostly. */
function errorText(message: string): string {
  try {
    return JSON.stringify(JSON.parse(message), null, 2);
  } catch {
    return message.replaceAll(new RegExp(`(.{${ERROR_WIDTH}})(?=.)`, 'gs'), '$1\n');
  }
}
