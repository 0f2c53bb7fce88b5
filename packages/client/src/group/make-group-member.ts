import type { Cluster } from '../cluster/cluster.ts';
import { ClassicMember } from './classic-member.ts';
import { ConsumerMember } from './consumer-member.ts';
import type { GroupMember } from './group-member.ts';
import type { GroupMemberOptions } from './group-options.ts';
import { groupSettings } from './group-settings.ts';

/** A member that speaks the protocol of its options. */
export function makeGroupMember(cluster: Cluster, lane: string, options: GroupMemberOptions): GroupMember {
  const settings = groupSettings(options);
  switch (settings.groupProtocol) {
    case 'classic':
      return new ClassicMember(cluster, lane, settings, options.topics);
    case 'consumer':
      return new ConsumerMember(cluster, lane, settings, options.topics);
  }
}
