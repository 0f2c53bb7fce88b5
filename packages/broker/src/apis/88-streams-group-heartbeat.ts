/**
 * StreamsGroupHeartbeat, version 0 (KIP-1071). Deviations: internal topics are there before the answer leaves, so that who
 * joins gets tasks at once (Kafka answers that they are missing, and members ask again an interval later); and a group
 * that nobody is in takes another topology.
 */
import {
  ErrorCode,
  type StreamsGroupHeartbeatResponse,
  StreamsGroupHeartbeatResponseDefaults,
} from '@millrace/protocol';
import { withoutEpochs } from '../coordinators/group/consumer/partitions.ts';
import { type HeldTasks, toTaskIds } from '../coordinators/group/streams/tasks.ts';
import { STREAMS_STATUS } from '../coordinators/group/streams/topic-problem.ts';
import { errorCodeOf } from '../lib/broker-error.ts';
import { type BrokerApi, defineApi } from './api.ts';
import { checkTopics, makeTopics } from './streams-topics.ts';

type Answer = StreamsGroupHeartbeatResponse;

const NOTHING: Omit<Answer, 'errorCode'> = {
  ...StreamsGroupHeartbeatResponseDefaults,
  throttleTimeMs: 0,
  memberId: '',
  memberEpoch: 0,
  heartbeatIntervalMs: 0,
  acceptableRecoveryLag: 0,
  taskOffsetIntervalMs: 0,
  status: [],
  endpointInformationEpoch: 0,
};

export const streamsGroupHeartbeat: BrokerApi = defineApi({
  name: 'StreamsGroupHeartbeat',
  async handle(services, request, call) {
    const { groups } = services;
    try {
      if (request.topology !== null) checkTopics(request.topology);
      const { clientId, clientHost } = call;
      const answer = await groups.streams.heartbeat(request, { clientId, clientHost }, (topics) =>
        makeTopics(services, call, topics),
      );
      const { memberId, memberEpoch, tasks, statuses, endpointEpoch, endpoints } = answer;
      const status = statuses.map((one) => ({ statusCode: STREAMS_STATUS[one.status], statusDetail: one.detail }));
      const told = { ...NOTHING, errorCode: ErrorCode.NONE, memberId, memberEpoch, status };
      if (memberEpoch < 0) return told;
      return {
        ...told,
        ...(tasks === null ? {} : taskLists(tasks)),
        heartbeatIntervalMs: groups.streams.heartbeatIntervalMs(request.groupId),
        endpointInformationEpoch: endpointEpoch,
        partitionsByUserEndpoint: endpoints,
      };
    } catch (error) {
      const errorMessage = error instanceof Error ? error.message : String(error);
      return { ...NOTHING, errorCode: errorCodeOf(error), errorMessage };
    }
  },
});

function taskLists(held: HeldTasks): Pick<Answer, 'activeTasks' | 'standbyTasks' | 'warmupTasks'> {
  return {
    activeTasks: toTaskIds(withoutEpochs(held.active)),
    standbyTasks: toTaskIds(held.standby),
    warmupTasks: toTaskIds(held.warmup),
  };
}
