import { type Breach, type Circumstances, checked, difference, type Law, notApplicable, type Subject } from './law.ts';
import type { TopologyModel } from './model.ts';
import { type Observation, rowsOf } from './observation.ts';
import { compacted } from './topic-logs.ts';

const STORE = 'store ';
const TOPIC = 'topic ';

/** The state that is restored from changelogs is the state that was committed, and all goes on as if nothing had been. */
export const restartLaw: Law = {
  name: 'restart',
  says: 'Ending at any commit and going on with restored stores leads to the same tables and the same last records.',
  applies: (circumstances) => {
    const reason = whyNot(circumstances);
    if (reason !== null) return [notApplicable('the topology', reason)];
    const { model } = circumstances;
    const inOrderOnly = hasTime(model);
    return [
      ...storesToCompare(model).map((store) => checked(STORE + store, inOrderOnly)),
      ...topicsOf(model, inOrderOnly),
    ];
  },
  breach(trial, subject) {
    const [plain, restarted] = [trial.run(), trial.run({ restarts: true })];
    const words = { expected: 'without restarts it ends with', actual: 'with them with' };
    const read = subject.startsWith(STORE)
      ? (run: Observation) => storeTexts(run, subject.slice(STORE.length))
      : (run: Observation) => lastTexts(run, subject.slice(TOPIC.length));
    return difference(subject, read(plain), read(restarted), words) satisfies Breach | null;
  },
};

function whyNot({ model, isRequired }: Circumstances): string | null {
  const stores = [...model.topology.stores.values()];
  if (
    stores.some(
      ({ spec, changelogIsSourceTopic, global }) =>
        spec.logging === false && changelogIsSourceTopic === null && !global,
    )
  ) {
    return 'a store has logging off: a restart in another place begins without it';
  }
  if (stores.some(({ global }) => global)) return 'a global store is filled apart from the commits';
  if (model.nodesOf('stream-join').some(({ operation }) => operation.join !== 'inner')) {
    return 'which records of a left or outer join wait is looked up anew after a restart: they may leave sooner or later';
  }
  const finals = model
    .nodesOf('stream-aggregate', 'cogroup')
    .filter(({ operation }) => 'emit' in operation.grouping && operation.grouping.emit !== 'on-window-update');
  if (
    finals.some(({ id }) =>
      model.below(id).some(({ operation }) => 'store' in operation || operation.kind === 'suppress'),
    )
  ) {
    return 'windows that have left may leave once more after a restart, and something below counts them';
  }
  if (model.hasUserProcessors && !isRequired) return 'processors may keep state outside of stores';
  return null;
}

/** Whether anything goes by the highest time seen, which a restart forgets: then only for records in order. */
function hasTime(model: TopologyModel): boolean {
  if (model.origin === null) return true;
  if ([...model.topology.stores.values()].some(({ spec }) => spec.kind !== 'key-value')) return true;
  return model.nodesOf('suppress', 'stream-join').length > 0;
}

function storesToCompare(model: TopologyModel): string[] {
  if (model.origin === null) return [...model.topology.stores.keys()];
  return model.nodes.flatMap(({ operation }) => {
    if (operation.kind === 'state-store')
      return model.topology.stores.has(operation.store.name) ? [operation.store.name] : [];
    return model.storeOf(operation)?.name ?? [];
  });
}

function topicsOf(model: TopologyModel, inOrderOnly: boolean): Subject[] {
  const topics = [...model.topology.nodes.values()].flatMap((node) =>
    node.kind === 'sink' && typeof node.topic === 'string' && !model.topology.internalTopics.has(node.topic)
      ? [node.topic]
      : [],
  );
  return [...new Set(topics)].map((topic) => checked(TOPIC + topic, inOrderOnly));
}

function storeTexts(observation: Observation, store: string): Map<string, string> {
  return new Map(
    [...rowsOf(observation, store).values()].map(({ keyText, valueText, timestamp }) => [
      keyText,
      timestamp === null ? valueText : `${valueText} at ${timestamp}`,
    ]),
  );
}

function lastTexts(observation: Observation, topic: string): Map<string, string> {
  const records = compacted(observation.outputs.get(topic) ?? []);
  const text = (bytes: Uint8Array) => JSON.stringify(Buffer.from(bytes).toString('utf8'));
  return new Map(records.map(({ key, value }) => [text(key!), value === null ? 'null' : text(value)]));
}
