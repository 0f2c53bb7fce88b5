import { type Exposition, labelText } from '@millrace/base';
import type { Services } from '../apis/api.ts';

/** Partitions of share groups with samples of their own. */
const PARTITIONS_MAX = 5_000;

/** Share groups: how many there are, who fetches, which records are in work, and how far each group is behind. */
export function writeSharePage(page: Exposition, services: Services): void {
  const { groups, sharing } = services;
  const shareGroups = [...groups.list()].filter((group) => group.kind === 'share');
  const counts = page.gauge(
    'kafka_coordinator_group_group_coordinator_metrics_share_group_count',
    'Share groups by state.',
  );
  for (const state of ['Empty', 'Stable', 'Dead']) {
    counts.add(shareGroups.filter((group) => group.state === state).length, { state: state.toLowerCase() });
  }
  page
    .gauge('kafka_server_sharesessioncache_sharesessionscount', 'Members of share groups that fetch now.')
    .add(sharing.sessions.size);
  const inFlight = page.gauge(
    'kafka_server_sharepartitionmetrics_inflightmessagecount',
    'Records that members of a share group have now.',
  );
  let left = PARTITIONS_MAX;
  for (const { key, log, acquiredCount } of sharing.partitions.all()) {
    if (left-- <= 0) break;
    inFlight.add(acquiredCount, { group: key.groupId, topic: log.topic, partition: key.partition });
  }
  writeLags(page, services, shareGroups);
}

function writeLags(
  page: Exposition,
  { groups, cluster, logs }: Services,
  shareGroups: readonly { readonly id: string }[],
): void {
  const rows: { readonly labels: string; readonly startOffset: number; readonly lag: number | null }[] = [];
  for (const { id: groupId } of shareGroups) {
    for (const [topicId, { partitions }] of groups.share.claims(groupId)) {
      const topic = cluster.topicById(topicId)?.name;
      for (const partition of topic === undefined ? [] : partitions) {
        const stored = groups.share.stored({ groupId, topicId, partition });
        if (stored === undefined || stored.startOffset < 0 || rows.length >= PARTITIONS_MAX) continue;
        const { startOffset, completeCount } = stored;
        const end = logs.opened(topic!, partition)?.highWatermark ?? null;
        const lag = end === null ? null : Math.max(end - startOffset - completeCount, 0);
        rows.push({ labels: labelText({ sharegroup: groupId, topic: topic!, partition }), startOffset, lag });
      }
    }
  }
  const start = page.gauge('kafka_sharegroup_start_offset', 'The first offset that a share group is not done with.');
  for (const { labels, startOffset } of rows) start.addLabelled(startOffset, labels);
  const lags = page.gauge('kafka_sharegroup_lag', 'Records that a share group is not done with.');
  for (const { labels, lag } of rows) if (lag !== null) lags.addLabelled(lag, labels);
}
