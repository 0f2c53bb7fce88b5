import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Exposition, labelText } from '@millrace/base';
import type { Services } from '../apis/api.ts';
import type { Group } from '../coordinators/group/group-shard.ts';

/** Groups with a sample of their own. */
const GROUPS_MAX = 2_000;

/** Committed offsets with samples of their own. */
const OFFSETS_MAX = 5_000;

/** Logs that one page may open to know their ends: after a restart the pages that follow open the rest. */
const LOGS_OPENED_MAX = 100;

/** Groups by state, how far each has read, and transactions: what a lag exporter would have to ask for. */
export async function writeGroupPage(page: Exposition, services: Services): Promise<void> {
  const groups = [...services.groups.list()];
  const all = page.gauge('kafka_coordinator_group_groupmetadatamanager_numgroups', 'Consumer groups.');
  all.add(groups.length);
  for (const state of ['PreparingRebalance', 'CompletingRebalance', 'Stable', 'Dead', 'Empty']) {
    const name = `kafka_coordinator_group_groupmetadatamanager_numgroups${state.toLowerCase()}`;
    page
      .gauge(name, `Consumer groups in the state ${state}.`)
      .add(groups.filter((each) => each.state === state).length);
  }
  const members = page.gauge('kafka_consumergroup_members', 'Members of a group.');
  for (const group of groups.slice(0, GROUPS_MAX)) members.add(memberCount(group), { consumergroup: group.id });
  await nextTurn();
  writeOffsets(
    page,
    services,
    groups.map(({ id }) => id),
  );
  writeTransactions(page, services);
}

function memberCount(group: Group): number {
  return group.kind === 'classic' ? group.members.length : group.view.members.size;
}

type OffsetRow = {
  /** As text. */
  readonly labels: string;
  readonly offset: number;
  readonly lag: number | null;
};

function writeOffsets(page: Exposition, services: Services, groupIds: readonly string[]): void {
  const rows: OffsetRow[] = [];
  let leftOut = 0;
  for (const row of committedOffsets(services, groupIds)) {
    if (rows.length < OFFSETS_MAX) rows.push(row);
    else leftOut += 1;
  }
  const current = page.gauge('kafka_consumergroup_current_offset', 'The offset that a group has committed.');
  for (const { labels, offset } of rows) current.addLabelled(offset, labels);
  const lag = page.gauge('kafka_consumergroup_lag', 'Records between the committed offset and the end.');
  for (const row of rows) if (row.lag !== null) lag.addLabelled(row.lag, row.labels);
  page
    .gauge('millrace_metrics_offsets_left_out', 'Committed offsets that have no samples of their own on this page.')
    .add(leftOut);
}

function* committedOffsets(services: Services, groupIds: readonly string[]): Generator<OffsetRow> {
  const { offsets } = services.groups;
  const endOf = endFinder(services);
  for (const consumergroup of groupIds) {
    for (const { topic, partitions } of offsets.partitions(consumergroup)) {
      for (const partition of partitions) {
        const committed = offsets.get(consumergroup, topic, partition);
        if (committed === undefined) continue;
        const end = endOf(topic, partition);
        const lag = end === null ? null : Math.max(end - committed.offset, 0);
        yield { labels: labelText({ consumergroup, topic, partition }), offset: committed.offset, lag };
      }
    }
  }
}

/** The end of a log, opened for it if need be; null for one that is no more, or that is left to the next page. */
function endFinder({ logs }: Services): (topic: string, partition: number) => number | null {
  let openedCount = 0;
  return (topic, partition) => {
    const opened = logs.opened(topic, partition);
    if (opened !== null) return opened.isOnline ? opened.highWatermark : null;
    if (openedCount >= LOGS_OPENED_MAX) return null;
    openedCount += 1;
    try {
      return logs.find(topic, partition)?.highWatermark ?? null;
    } catch {
      // It is offline: the page says so elsewhere.
      return null;
    }
  };
}

function writeTransactions(page: Exposition, { transactions, clock }: Services): void {
  const byState = new Map<string, number>();
  let oldestMs = Number.POSITIVE_INFINITY;
  for (const { state, startMs } of transactions.list()) {
    byState.set(state, (byState.get(state) ?? 0) + 1);
    if (state === 'Ongoing' && startMs > 0) oldestMs = Math.min(oldestMs, startMs);
  }
  const states = page.gauge('kafka_coordinator_transaction_transactions', 'Transactional ids by state.');
  for (const [state, count] of byState) states.add(count, { state });
  page
    .gauge('millrace_transaction_oldest_open_seconds', 'How long the oldest open transaction holds readers back.')
    .add(Number.isFinite(oldestMs) ? Math.max(clock.wallMs() - oldestMs, 0) / 1000 : 0);
}
