import { BrokerError, errorCodeOf } from '../lib/broker-error.ts';
import { ACKNOWLEDGE_TYPE, type Acknowledgement } from '../sharing/delivery-window.ts';
import type { ShareSession } from '../sharing/share-session.ts';
import type { Call, Services } from './api.ts';
import { topicNameOf } from './partitions.ts';

type Batch = {
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly acknowledgeTypes: readonly number[];
};

export type AcknowledgedTopics = readonly {
  readonly topicId: string;
  readonly partitions: readonly {
    readonly partitionIndex: number;
    readonly acknowledgementBatches: readonly Batch[];
  }[];
}[];

/** What became of the acknowledgements of a partition; 0 where all is well. */
export type AcknowledgeResult = {
  readonly topicId: string;
  readonly partitionIndex: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
};

/** Offsets that one request may acknowledge one by one. */
const TYPES_MAX = 1_000_000;

/** Whether a request acknowledges anything. */
export function hasAcknowledgements(topics: AcknowledgedTopics): boolean {
  return topics.some(({ partitions }) => partitions.some((each) => each.acknowledgementBatches.length > 0));
}

/** Takes what a member says of records, for each partition by itself. Resolves when that is durable. */
export async function acknowledge(
  services: Services,
  call: Call,
  { groupId, memberId }: ShareSession,
  { topics, isRenewal }: { readonly topics: AcknowledgedTopics; readonly isRenewal: boolean },
): Promise<AcknowledgeResult[]> {
  const mayRenew = isRenewal && services.groups.share.delivery(groupId).mayRenew;
  // All begin before anything is awaited: what follows them finds the records as they are after them.
  const results = topics.flatMap(({ topicId, partitions }) =>
    partitions
      .filter(({ acknowledgementBatches }) => acknowledgementBatches.length > 0)
      .map(async ({ partitionIndex, acknowledgementBatches }): Promise<AcknowledgeResult> => {
        try {
          const checked = checkBatches(acknowledgementBatches, mayRenew);
          checkMayRead(services, call, topicId);
          const partition = services.sharing.partitions.open({ groupId, topicId, partition: partitionIndex });
          await partition.acknowledge(memberId, checked);
          return { topicId, partitionIndex, errorCode: 0, errorMessage: null };
        } catch (error) {
          const errorMessage = error instanceof Error ? error.message : String(error);
          return { topicId, partitionIndex, errorCode: errorCodeOf(error), errorMessage };
        }
      }),
  );
  return await Promise.all(results);
}

/** @throws BrokerError `UNKNOWN_TOPIC_ID`, `TOPIC_AUTHORIZATION_FAILED`. */
export function checkMayRead(services: Services, call: Call, topicId: string): void {
  const name = topicNameOf(services, topicId);
  if (call.rights?.may('Read', 'Topic', name) === false) throw new BrokerError('TOPIC_AUTHORIZATION_FAILED');
}

/** @throws BrokerError `INVALID_REQUEST` for batches that are out of order, or say what nobody can mean. */
function checkBatches(batches: readonly Batch[], mayRenew: boolean): Acknowledgement[] {
  let next = 0;
  let typeCount = 0;
  return batches.map(({ firstOffset, lastOffset, acknowledgeTypes: types }) => {
    const need = (holds: boolean, what: string): void => {
      if (!holds) throw new BrokerError('INVALID_REQUEST', what);
    };
    typeCount += types.length;
    need(
      firstOffset >= next && lastOffset >= firstOffset,
      'Acknowledgement batches must be in order, and not overlap.',
    );
    const isWhole = types.length === 1 || types.length === lastOffset - firstOffset + 1;
    need(isWhole && typeCount <= TYPES_MAX, 'An acknowledgement batch has one type, or one for each offset.');
    const highest = mayRenew ? ACKNOWLEDGE_TYPE.renew : ACKNOWLEDGE_TYPE.reject;
    need(
      types.every((type) => type >= 0 && type <= highest),
      'The acknowledge type is not one that this request may have.',
    );
    next = lastOffset + 1;
    return { firstOffset, lastOffset, types };
  });
}
