import type { StoreSpec } from '../../state/store-spec.ts';
import type { Windowed } from '../../state/stores.ts';
import type { RawRecord } from '../../task/raw-records.ts';
import { cacheEffects } from './cache-effects.ts';
import { type Breach, checked, difference, type Law, notApplicable, type Subject } from './law.ts';
import { type Observation, rowsOf } from './observation.ts';
import { changelogKeyOf } from './read-rows.ts';
import { keptFromMs } from './recompute.ts';
import { compacted } from './topic-logs.ts';
import type { Trial } from './trial.ts';

const STORE = 'store ';
const TOPIC = 'topic ';

/** A cache leaves out what is overwritten anyway: less goes out, and in the end the same. */
export const cacheLaw: Law = {
  name: 'cache',
  says: 'With a cache a topic gets some of the records that it gets without, and of each key the last.',
  applies: ({ model }) => {
    if (model.origin === null)
      return [notApplicable('the topology', 'it was put together by hand: what is cached is not known')];
    const effects = cacheEffects(model);
    const stores = effects.stores.map(({ store, effect }): Subject => {
      const name = STORE + store;
      return effect.kind === 'unsafe' ? notApplicable(name, effect.reason) : checked(name, effects.inOrderOnly);
    });
    const topics = effects.topics.map(({ topic, effect }): Subject => {
      const name = TOPIC + topic;
      return effect.kind === 'unsafe' ? notApplicable(name, effect.reason) : checked(name, effects.inOrderOnly);
    });
    return [...stores, ...topics];
  },
  breach(trial, subject) {
    const [plain, cached] = [trial.run(), trial.run({ cached: true })];
    if (subject.startsWith(STORE)) return storeBreach(trial, subject.slice(STORE.length), plain, cached);
    const topic = subject.slice(TOPIC.length);
    return topicBreach(subject, plain.outputs.get(topic) ?? [], cached.outputs.get(topic) ?? []);
  },
};

function storeBreach(trial: Trial, store: string, plain: Observation, cached: Observation): Breach | null {
  const { spec } = trial.model.topology.stores.get(store)!;
  const kept = Math.max(keptIn(spec, plain), keptIn(spec, cached));
  const texts = (observation: Observation): Map<string, string> => {
    const present = [...rowsOf(observation, store).values()].filter(({ key }) => (timeOf(spec, key) ?? 0) > kept);
    return new Map(present.map(({ keyText, valueText }) => [keyText, valueText]));
  };
  const words = { expected: 'without a cache the store ends with', actual: 'with one it has' };
  return difference(store, texts(plain), texts(cached), words);
}

/** Without a cache, rows that are soon overwritten move the store's time on, too: what it gives up is not compared. */
function keptIn(spec: StoreSpec, observation: Observation): number {
  const rows = [...rowsOf(observation, spec.name).values()].map(({ key }) => timeOf(spec, key));
  const changelog = observation.changelogs.get(spec.name) ?? [];
  const changed = changelog.map(({ key }) => (key === null ? null : changelogKeyOf(spec, key).timeMs));
  return keptFromMs(spec, [...rows, ...changed]);
}

function timeOf(spec: StoreSpec, key: unknown): number | null {
  if (spec.kind === 'window') return (key as Windowed<unknown>).window.startMs;
  return spec.kind === 'session' ? (key as Windowed<unknown>).window.endMs : null;
}

function topicBreach(subject: string, plain: readonly RawRecord[], cached: readonly RawRecord[]): Breach | null {
  const found = difference(subject, lastOfKeys(plain), lastOfKeys(cached), {
    expected: 'without a cache the topic ends with',
    actual: 'with one it ends with',
  });
  if (found !== null) return found;
  const all = valuesByKey(plain);
  for (const [key, values] of valuesByKey(cached)) {
    const rest = all.get(key) ?? [];
    let at = 0;
    for (const value of values) {
      at = rest.indexOf(value, at) + 1;
      if (at === 0)
        return { subject, finding: `${key}: with a cache ${value} leaves, which without one does not leave there` };
    }
  }
  return null;
}

/** Where a key ends with a tombstone, it is as if it had never been. */
function lastOfKeys(records: readonly RawRecord[]): Map<string, string> {
  return new Map(
    compacted(records).flatMap(({ key, value }) => (value === null ? [] : [[shown(key!), shown(value)] as const])),
  );
}

function valuesByKey(records: readonly RawRecord[]): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const { key, value } of records) {
    if (key === null || value === null) continue;
    const name = shown(key);
    const list = values.get(name);
    if (list === undefined) values.set(name, [shown(value)]);
    else list.push(shown(value));
  }
  return values;
}

function shown(bytes: Uint8Array): string {
  return JSON.stringify(Buffer.from(bytes).toString('utf8'));
}
