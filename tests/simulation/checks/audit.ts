import type { Wire } from '@millrace/broker/testing';
import { placeKey } from '../history.ts';
import { INPUT, OUTPUT, PARTITIONS, type Scene } from '../scene.ts';
import type { SharedDeliveries } from '../shared-deliveries.ts';
import type { TaskOwners } from '../task-owners.ts';
import type { TopicFact } from '../workloads/admin-churn.ts';
import type { Observer } from '../workloads/observers.ts';
import type { Owned } from '../workloads/readers.ts';
import { checkLog } from './check-log.ts';
import { checkShared } from './check-shared.ts';
import { checkTasks } from './check-tasks.ts';
import { checkTopics } from './check-topics.ts';
import { checkTransactions } from './check-transactions.ts';
import { type PartitionContent, readPartition } from './read-log.ts';

export type Evidence = {
  readonly observers: readonly Observer[];
  readonly owned: Owned;
  readonly topics: ReadonlyMap<string, TopicFact>;
  readonly shared: SharedDeliveries;
  readonly tasks: TaskOwners;
};

/** Reads everything when all is quiet, and holds it against what the clients know. @throws Error when it can't be read. */
export async function audit(scene: Scene, evidence: Evidence, wire: Wire): Promise<void> {
  const contents = new Map<string, PartitionContent>();
  for (const topic of [INPUT, OUTPUT]) {
    for (let partition = 0; partition < PARTITIONS; partition++) {
      const where = placeKey({ topic, partition });
      const content = await readPartition(wire, topic, partition);
      contents.set(where, content);
      checkLog(scene.history, where, content);
    }
  }
  checkAcked(scene, contents);
  for (const observer of evidence.observers) checkObserver(scene, observer, contents);
  if (!scene.plan.isLossy) checkTransactions(scene, contents);
  checkOwners(scene, evidence.owned);
  await checkShared(scene, evidence.shared, contents, wire);
  await checkTasks(scene, evidence.tasks, wire);
  if (!scene.plan.isLossy) await checkTopics(scene, wire, evidence.topics);
}

/** What was acknowledged is where it was said to be. */
function checkAcked({ plan, history }: Scene, contents: ReadonlyMap<string, PartitionContent>): void {
  if (plan.isLossy) return;
  const stored = new Map<string, string>();
  for (const [where, { batches }] of contents) {
    for (const { values } of batches) for (const { offset, value } of values) stored.set(value, `${where}:${offset}`);
  }
  for (const [value, place] of history.acked) {
    const promised = `${placeKey(place)}:${place.offset}`;
    const found = stored.get(value);
    if (found !== promised) history.violate(`${value} was acknowledged at ${promised} and is ${found ?? 'lost'}`);
  }
}

/** What a reader saw and was not told to forget is there, and nothing was left out before its position. */
function checkObserver(
  { history }: Scene,
  { isolation, partitions }: Observer,
  contents: ReadonlyMap<string, PartitionContent>,
): void {
  for (const known of partitions) {
    const where = placeKey(known);
    const content = contents.get(where)!;
    const all = content.batches.flatMap(({ values }) => values);
    const stored = (isolation === 'committed' ? content.committed : all).filter(
      ({ offset }) => offset < known.nextOffset,
    );
    const wrong = stored.findIndex(({ offset, value }, index) => {
      const seen = known.seen[index];
      return seen?.offset !== offset || seen.value !== value;
    });
    const at = wrong < 0 && known.seen.length > stored.length ? stored.length : wrong;
    if (at < 0) continue;
    const seen = known.seen[at];
    const there = stored[at];
    history.violate(
      `a reader (${isolation}) of ${where} saw ${seen?.value.slice(0, 40)} at ${seen?.offset}, ` +
        `what is stored is ${there?.value.slice(0, 40)} at ${there?.offset}`,
    );
  }
}

/** When all is quiet, each partition of the group belongs to exactly one member that lives. */
function checkOwners({ plan, history }: Scene, owned: Owned): void {
  if (plan.readers === 0) return;
  const owners = new Map<string, string[]>();
  for (const [member, partitions] of owned) {
    for (const partition of partitions)
      owners.set(placeKey(partition), [...(owners.get(placeKey(partition)) ?? []), member]);
  }
  for (const topic of [INPUT, OUTPUT]) {
    for (let partition = 0; partition < PARTITIONS; partition++) {
      const key = placeKey({ topic, partition });
      const found = owners.get(key) ?? [];
      if (found.length !== 1)
        history.violate(`when all was quiet, ${key} belonged to ${found.join(' and ') || 'nobody'}`);
    }
  }
}
