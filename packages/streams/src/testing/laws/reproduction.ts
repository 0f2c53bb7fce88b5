import type { History, InputRecord } from './history.ts';
import type { LawName } from './law.ts';
import type { SourceTopic, TopologyModel } from './model.ts';

/** The names under which `Serdes` has the serdes that come with Millrace. */
const SERDES: Readonly<Record<string, string>> = {
  string: 'Serdes.string()',
  integer: 'Serdes.integer()',
  long: 'Serdes.long()',
  short: 'Serdes.short()',
  float: 'Serdes.float()',
  double: 'Serdes.double()',
  bytes: 'Serdes.bytes()',
  boolean: 'Serdes.boolean()',
  uuid: 'Serdes.uuid()',
  void: 'Serdes.void()',
  json: 'Serdes.json()',
};

/** TypeScript that shows what the topology does with the records, then tries the law on them again. */
export function reproductionOf(model: TopologyModel, law: LawName, history: History): string {
  const used = model.sources.filter(({ topic }) => history.records.some((record) => record.topic === topic));
  const isTyped = ({ keySerde, valueSerde }: SourceTopic): boolean =>
    keySerde.name in SERDES && valueSerde.name in SERDES;
  const names = new Map(used.filter(isTyped).map(({ topic }, at) => [topic, `input${at + 1}`]));
  return [
    ...(names.size > 0 ? [`import { Serdes } from '@millrace/streams';`] : []),
    `import { checkLaw, TopologyTestDriver } from '@millrace/streams/testing';`,
    `import { topology } from './topology.ts'; // where yours is built`,
    '',
    `const driver = new TopologyTestDriver(topology, { emitIntervalMs: 0 });`,
    ...used.filter(isTyped).map((source) => inputTopic(names.get(source.topic)!, source)),
    ...history.records.map((record) => piped(model, names, record)),
    `for (const { topic, key, value, timestamp } of driver.takeProduced()) {`,
    `  const text = (bytes: Uint8Array | null) => bytes && Buffer.from(bytes).toString();`,
    `  console.log(topic, text(key), text(value), timestamp);`,
    `}`,
    `await driver.close();`,
    '',
    `await checkLaw(topology, '${law}', ${literal(history)});`,
    '',
  ].join('\n');
}

function inputTopic(name: string, { topic, keySerde, valueSerde }: SourceTopic): string {
  const given = [JSON.stringify(topic), SERDES[keySerde.name], SERDES[valueSerde.name]].join(', ');
  return `const ${name} = driver.createInputTopic(${given});`;
}

function piped(model: TopologyModel, names: ReadonlyMap<string, string>, record: InputRecord): string {
  const { topic, key, value, timestamp } = record;
  const name = names.get(topic);
  if (name !== undefined) return `${name}.pipeInput(${literal(key)}, ${literal(value)}, ${timestamp});`;
  const source = model.sources.find((candidate) => candidate.topic === topic)!;
  const bytes = (given: unknown, serde: SourceTopic['keySerde']): string =>
    given === null ? 'null' : literal(serde.serialize(given, topic));
  const parts = [
    `topic: ${JSON.stringify(topic)}`,
    `key: ${bytes(key, source.keySerde)}`,
    `value: ${bytes(value, source.valueSerde)}`,
    `timestamp: ${timestamp}`,
    'headers: []',
  ];
  return `driver.pipe({ ${parts.join(', ')} });`;
}

/** A value as TypeScript. */
function literal(value: unknown): string {
  if (value === undefined) return 'undefined';
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (value instanceof Uint8Array) return `Uint8Array.of(${[...value].join(', ')})`;
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (value instanceof Map) return `new Map(${literal([...value])})`;
  if (value instanceof Set) return `new Set(${literal([...value])})`;
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  const fields = Object.entries(value).map(
    ([name, field]) => `${/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)}: ${literal(field)}`,
  );
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}
