import { BrokerError } from '../../../lib/broker-error.ts';
import { topicsHash } from '../consumer/subscriptions.ts';
import { type AssignmentConfig, type StreamsEpoch, type StreamsGroupChange, streamsMemberRemoved } from './changes.ts';
import { LEAVE_EPOCH } from './check-heartbeat.ts';
import { type ConfiguredTopology, summarizeNames } from './configured-topology.ts';
import type { StreamsClient, StreamsContext, StreamsDecision, StreamsHeartbeatRequest } from './decision.ts';
import type { StreamsGroupView } from './group-state.ts';
import { checkMemberEpoch, checkReportedTasks, reportedTasks } from './identify.ts';
import {
  assignmentOf,
  freshStreamsMember,
  isReconciled,
  type StreamsMember,
  type StreamsMemberFacts,
  sameStreamsAssignment,
  sameStreamsFacts,
} from './member.ts';
import { reconcileTasks } from './reconcile.ts';
import { renewTarget } from './target.ts';
import { sameHeldTasks, type Tasks } from './tasks.ts';
import type { StreamsStatus } from './topic-problem.ts';
import { requiredTopics, sameTopology, type Topology, topologyOf } from './topology.ts';

/** What a heartbeat of a member means: it joins, goes one step towards its target, or leaves. */
export function decideStreamsHeartbeat(
  group: StreamsGroupView,
  request: StreamsHeartbeatRequest,
  client: StreamsClient,
  context: StreamsContext,
): StreamsDecision {
  const { memberId, memberEpoch } = request;
  const known = group.members.get(memberId);
  if (memberEpoch !== 0 && known === undefined) {
    throw new BrokerError('UNKNOWN_MEMBER_ID', `Member ${memberId} is not a member of group ${group.id}.`);
  }
  if (memberEpoch === LEAVE_EPOCH) {
    const answer = { memberId, memberEpoch, tasks: null, hasMoved: false, statuses: [] };
    return { changes: removeStreamsMembers(group, [memberId]), answer, missing: [] };
  }
  if (memberEpoch === 0) checkSize(group, memberId, context);
  const reported = reportedTasks(request);
  if (known !== undefined) checkMemberEpoch(known, memberEpoch, reported);
  const before = known ?? freshStreamsMember(memberId);
  const facts = factsAfter(before, request, client);
  const changes: StreamsGroupChange[] = [];
  const isNews = known === undefined || !sameStreamsFacts(known, facts);
  if (isNews) changes.push({ kind: 'facts', memberId, value: facts });
  const topology = topologyAfter(group, request, changes);
  const configured = context.configure(topology);
  if (configured.kind === 'ready') checkReportedTasks(configured.subtopologies, reported);
  const epoch = epochAfter(group, topology, configured, isNews, context);
  if (epoch.epoch !== group.epoch) changes.push({ kind: 'epoch', value: epoch });
  const members = new Map(group.members).set(memberId, { ...before, ...facts });
  const target = renewTarget(group, members, epoch.epoch, configured, context);
  changes.push(...target.changes);
  const member = reconciled(members, memberId, target.epoch, target.of(memberId), reported);
  if (!sameStreamsAssignment(before, member)) {
    changes.push({ kind: 'assignment', memberId, value: assignmentOf(member) });
  }
  const statuses = [...staleness(topology, facts), ...target.statuses, ...problemsOf(configured)];
  // Who sends all of itself, or comes with the epoch before, may not have got its last answer.
  const hasMoved = memberEpoch === 0 || !sameHeldTasks(before.held, member.held);
  const isTold = hasMoved || memberEpoch !== before.epoch || request.rebalanceTimeoutMs !== -1;
  return {
    changes,
    answer: { memberId, memberEpoch: member.epoch, tasks: isTold ? member.held : null, hasMoved, statuses },
    missing: configured.kind === 'incomplete' ? configured.missing : [],
  };
}

/** Takes members out, and raises the epoch, so that the others get what they had. */
export function removeStreamsMembers(group: StreamsGroupView, memberIds: readonly string[]): StreamsGroupChange[] {
  const { epoch, metadataHash, validatedTopologyEpoch, assignmentConfigs } = group;
  return [
    ...memberIds.flatMap(streamsMemberRemoved),
    { kind: 'epoch', value: { epoch: epoch + 1, metadataHash, validatedTopologyEpoch, assignmentConfigs } },
  ];
}

/** The epoch of the group after what a member said: a new one where that, topics or configs make a difference. */
function epochAfter(
  group: StreamsGroupView,
  topology: Topology,
  configured: ConfiguredTopology,
  isNews: boolean,
  { topics, topicsChanged, settings }: StreamsContext,
): StreamsEpoch {
  const isLooked = topicsChanged || topology !== group.topology;
  const metadataHash = isLooked ? topicsHash(requiredTopics(topology), topics) : group.metadataHash;
  const validatedTopologyEpoch = configured.kind === 'ready' ? topology.epoch : -1;
  const assignmentConfigs: AssignmentConfig[] = [{ key: 'num.standby.replicas', value: String(settings.standbyCount) }];
  const isRaised =
    isNews ||
    metadataHash !== group.metadataHash ||
    validatedTopologyEpoch !== group.validatedTopologyEpoch ||
    group.assignmentConfigs[0]?.value !== assignmentConfigs[0]!.value;
  return { epoch: isRaised ? group.epoch + 1 : group.epoch, metadataHash, validatedTopologyEpoch, assignmentConfigs };
}

/**
 * The topology of the group: what its first member says. Only when nobody is in the group it may change: Kafka has no
 * updates yet, and refuses the new one until the group is deleted.
 *
 * @throws BrokerError `INVALID_REQUEST`
 */
function topologyAfter(
  group: StreamsGroupView,
  request: StreamsHeartbeatRequest,
  changes: StreamsGroupChange[],
): Topology {
  const known = group.topology;
  if (request.topology === null) {
    if (known === null) throw new BrokerError('INVALID_REQUEST', 'The group has no topology.');
    return known;
  }
  const said = topologyOf(request.topology);
  if (known !== null && sameTopology(known, said)) return known;
  if (known === null || group.members.size === 0) {
    changes.push({ kind: 'topology', value: said });
    return said;
  }
  if (known.epoch > said.epoch) return known;
  throw new BrokerError('INVALID_REQUEST', 'Topology updates are not supported yet.');
}

/** What a request leaves out stays as it was. */
function factsAfter(
  before: StreamsMember,
  request: StreamsHeartbeatRequest,
  client: StreamsClient,
): StreamsMemberFacts {
  const { rackId, rebalanceTimeoutMs, topology, processId, userEndpoint, clientTags } = request;
  return {
    instanceId: null,
    rackId: rackId ?? before.rackId,
    clientId: client.clientId,
    clientHost: client.clientHost,
    rebalanceTimeoutMs: rebalanceTimeoutMs === -1 ? before.rebalanceTimeoutMs : rebalanceTimeoutMs,
    topologyEpoch: topology?.epoch ?? before.topologyEpoch,
    processId: processId ?? before.processId,
    userEndpoint: userEndpoint ?? before.userEndpoint,
    clientTags:
      clientTags === null ? before.clientTags : [...clientTags].sort((left, right) => (left.key < right.key ? -1 : 1)),
  };
}

function reconciled(
  members: ReadonlyMap<string, StreamsMember>,
  memberId: string,
  targetEpoch: number,
  target: Tasks,
  reported: Tasks | null,
): StreamsMember {
  const member = members.get(memberId)!;
  if (isReconciled(member, targetEpoch)) return member;
  const others = [...members.values()].filter(({ id }) => id !== memberId);
  return { ...member, ...reconcileTasks(member, { targetEpoch, target, reported, others }) };
}

function staleness(topology: Topology, { topologyEpoch }: StreamsMemberFacts): StreamsStatus[] {
  if (topologyEpoch >= topology.epoch) return [];
  const detail = `The member's topology epoch ${topologyEpoch} is behind the group's topology epoch ${topology.epoch}.`;
  return [{ status: 'STALE_TOPOLOGY', detail }];
}

function problemsOf(configured: ConfiguredTopology): StreamsStatus[] {
  switch (configured.kind) {
    case 'ready':
      return [];
    case 'unfit':
      return [configured.problem];
    case 'incomplete': {
      const names = configured.missing.map(({ name }) => name);
      return [{ status: 'MISSING_INTERNAL_TOPICS', detail: `Internal topics are missing: ${summarizeNames(names)}` }];
    }
  }
}

/** @throws BrokerError `GROUP_MAX_SIZE_REACHED` */
function checkSize({ members }: StreamsGroupView, memberId: string, { settings }: StreamsContext): void {
  if (members.size < settings.sizeMax || members.has(memberId)) return;
  throw new BrokerError(
    'GROUP_MAX_SIZE_REACHED',
    `The streams group has reached its maximum capacity of ${settings.sizeMax} members.`,
  );
}
