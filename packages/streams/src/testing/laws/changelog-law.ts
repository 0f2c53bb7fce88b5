import type { StoreSpec } from '../../state/store-spec.ts';
import type { RawRecord } from '../../task/raw-records.ts';
import { type Breach, checked, type Law, notApplicable, type Subject } from './law.ts';
import { rowsOf } from './observation.ts';
import { changelogKeyOf } from './read-rows.ts';
import { keptFromMs } from './recompute.ts';
import { textOf } from './text-of.ts';
import type { Trial } from './trial.ts';

type Folded = { readonly valueText: string; readonly timeMs: number | null };

/** A table's store is what one gets by putting its changelog's records, in order, into an empty table. */
export const changelogLaw: Law = {
  name: 'changelog',
  says: 'A store is the fold of its changelog.',
  applies: ({ model }) =>
    [...model.topology.stores].map(([name, { spec, global, changelogIsSourceTopic }]): Subject => {
      if (global) return notApplicable(name, 'a global store has no changelog: it is filled from its topic');
      if (changelogIsSourceTopic !== null) {
        const source = model.sources.find(({ topic }) => topic === changelogIsSourceTopic);
        const reads = model.nodesOf('table-source').find(({ operation }) => operation.topic === changelogIsSourceTopic);
        if (source === undefined)
          return notApplicable(name, 'its changelog is a topic that the topology itself writes');
        return reads?.operation.consumed.timestampExtractor == null
          ? checked(name)
          : notApplicable(name, 'its changelog is its source topic, of which a timestamp extractor may drop records');
      }
      if (spec.logging === false) return notApplicable(name, 'logging is off');
      if (spec.kind === 'window' && spec.retainDuplicates) {
        return notApplicable(name, 'it keeps every record of a join, not one row a key');
      }
      return checked(name);
    }),
  breach(trial, subject) {
    return breachIn(trial, subject, false) ?? breachIn(trial, subject, true);
  },
};

function breachIn(trial: Trial, store: string, cached: boolean): Breach | null {
  const observation = trial.run(cached ? { cached } : {});
  const { spec } = trial.model.topology.stores.get(store)!;
  const changelog = observation.changelogs.get(store) ?? [];
  const fold = foldOf(spec, changelog);
  const rows = rowsOf(observation, store);
  const kept = keptFromMs(
    spec,
    changelog.map(({ key }) => (key === null ? null : changelogKeyOf(spec, key).timeMs)),
  );
  for (const [keyText, { valueText }] of rows) {
    const logged = fold.get(keyText);
    if (logged === undefined || logged.valueText !== valueText) {
      return {
        subject: store,
        finding: `${keyText}: the store has ${valueText}, its changelog says ${logged?.valueText ?? 'nothing'}`,
      };
    }
  }
  for (const [keyText, { valueText, timeMs }] of fold) {
    if (rows.has(keyText) || (timeMs !== null && timeMs <= kept)) continue;
    return { subject: store, finding: `${keyText}: the store has nothing, its changelog says ${valueText}` };
  }
  return null;
}

function foldOf(spec: StoreSpec, changelog: readonly RawRecord[]): Map<string, Folded> {
  const rows = new Map<string, Folded>();
  const latest = new Map<string, number>();
  for (const { key, value, timestamp } of changelog) {
    if (key === null) continue;
    const { keyText, timeMs } = changelogKeyOf(spec, key);
    // Of a store with a history, the present is compared: the version with the highest time.
    if (spec.kind === 'versioned' && timestamp < (latest.get(keyText) ?? -1)) continue;
    latest.set(keyText, timestamp);
    if (value === null) rows.delete(keyText);
    else rows.set(keyText, { valueText: textOf(spec.valueSerde.deserialize(value, spec.name)), timeMs });
  }
  return rows;
}
