import type { GroupMember } from '@millrace/client';
import { encodeUserData, type SubscriptionData } from '../assignment/user-data.ts';
import type { TestCluster } from './cluster.ts';

/** A member that processes nothing, and joins the rounds of the group when it is let. */
export function hesitantMember(cluster: TestCluster, topic: string): { member: GroupMember; letJoin: () => void } {
  const gate = Promise.withResolvers<void>();
  let rounds = 0;
  const subscription: SubscriptionData = {
    processId: 'hesitant',
    activeTasks: [],
    pendingTasks: [],
    storedTasks: [],
    readyTasks: [],
    applicationServer: 'nowhere:1',
    wantsShutdown: false,
  };
  const member = cluster.client.groupMember({
    groupId: 'app',
    topics: [topic],
    heartbeatIntervalMs: 50,
    assignors: [
      {
        name: 'millrace-streams-cooperative',
        rebalanceProtocol: 'cooperative',
        userData: () => encodeUserData(subscription),
        assign: () => {
          throw new Error('somebody else leads');
        },
      },
    ],
    listener: {
      // It is let into its first round, and keeps the second one waiting.
      onRoundBegins: () => (rounds++ === 0 ? undefined : gate.promise),
      onAssigned: () => {},
      onRevoked: () => {},
    },
  });
  return { member, letJoin: () => gate.resolve() };
}
