import type { JoinGroupRequest, LeaveGroupRequestMemberIdentity, SyncGroupRequest } from '@millrace/protocol';
import { errorCodeOf } from '../../../lib/broker-error.ts';
import type { JoinAnswer, SyncAnswer } from '../classic/answers.ts';
import type { JoiningClient } from '../classic/environment.ts';
import {
  checkSyncProtocol,
  classicAssignment,
  decideClassicJoin,
  isClassic,
  mustRejoin,
  requireClassic,
} from './classic-members.ts';
import type { GroupLife } from './group-life.ts';
import type { ConsumerGroupView } from './group-state.ts';
import { requireMember } from './heartbeat.ts';
import type { ConsumerMember } from './member.ts';

/** The requests of the classic protocol to a consumer group: nobody waits for anybody, the broker assigns. */
export class ClassicSide {
  readonly #group: ConsumerGroupView;
  readonly #life: GroupLife;

  constructor(group: ConsumerGroupView, life: GroupLife) {
    this.#group = group;
    this.#life = life;
  }

  /** Answered at once. @throws BrokerError where the group refuses. */
  async join(request: JoinGroupRequest, client: JoiningClient): Promise<JoinAnswer> {
    const draft = this.#life.draft();
    const hadConsumers = [...this.#group.members.values()].some((member) => !isClassic(member));
    const { answer, isJoined } = decideClassicJoin(draft, request, client, this.#life.context());
    if (!isJoined) return answer;
    if (hadConsumers && this.#life.mayDowngrade(draft.group)) {
      // It took the place of the last member of the consumer protocol: the classic group goes on as it stands.
      const generationId = this.#group.epoch;
      await this.#life.downgrade(draft.group, false);
      return { ...answer, generationId };
    }
    const stored = this.#life.commit(draft);
    const member = this.#group.members.get(answer.memberId);
    if (member !== undefined) {
      this.#life.expectSync(member);
      this.#life.heard(member);
    }
    await stored;
    return answer;
  }

  /** @throws BrokerError where the group refuses, `REBALANCE_IN_PROGRESS` when there is more to join for. */
  async sync(request: SyncGroupRequest): Promise<SyncAnswer> {
    const { memberId, groupInstanceId, generationId } = request;
    const member = requireClassic(this.#group, memberId, groupInstanceId, generationId);
    checkSyncProtocol(member, request);
    if (this.#group.epoch > member.epoch && member.state !== 'unrevoked') throw this.#life.callIn(member);
    this.#life.onSynced(member);
    this.#life.heard(member);
    await this.#life.settled();
    return classicAssignment(member, this.#life.topics());
  }

  /** @throws BrokerError where the group refuses, `REBALANCE_IN_PROGRESS`. */
  heartbeat(memberId: string, instanceId: string | null, generation: number): void {
    const member = requireClassic(this.#group, memberId, instanceId, generation);
    this.#life.heard(member);
    if (mustRejoin(this.#group, member)) throw this.#life.callIn(member);
  }

  /** Removes members, of either protocol: an admin may ask for it. Answers an error code for each. */
  async leave(identities: readonly LeaveGroupRequestMemberIdentity[]): Promise<number[]> {
    const leaving = new Set<string>();
    const codes = identities.map(({ memberId, groupInstanceId }) => {
      try {
        leaving.add(this.#leaver(memberId, groupInstanceId).id);
        return 0;
      } catch (error) {
        return errorCodeOf(error);
      }
    });
    if (leaving.size > 0) await this.#life.remove([...leaving]);
    return codes;
  }

  #leaver(memberId: string, instanceId: string | null): ConsumerMember {
    const known = instanceId === null ? undefined : this.#group.staticMember(instanceId);
    // An admin removes a static member by its instance id alone.
    return known !== undefined && memberId === '' ? known : requireMember(this.#group, memberId, instanceId);
  }
}
