import { buildMarkerBatch } from '@millrace/protocol';
import { Cluster } from '../cluster/cluster.ts';
import { ClassicGroup } from '../coordinators/group/classic/classic-group.ts';
import { MemberTimers } from '../coordinators/group/consumer/member-timers.ts';
import { GroupOffsets } from '../coordinators/group/offsets.ts';
import { StreamsGroup } from '../coordinators/group/streams/streams-group.ts';
import { ShareCoordinator } from '../coordinators/share/share-coordinator.ts';
import { LogWriter } from '../log/log-writer.ts';
import { PartitionLog } from '../log/partition-log.ts';
import { ProducerState } from '../log/producer-state.ts';
import { DeliveryWindow } from '../sharing/delivery-window.ts';

/** Bugs that a broker may have, made on purpose: whoever claims to find such bugs must find these. */
export type PlantedBug =
  /** Batches are answered before they are in the file. */
  | 'answers-before-writing'
  /** Retries are not recognised. */
  | 'stores-retries'
  /** Two producers get the same id. */
  | 'gives-an-id-twice'
  /** A transaction is ended by two markers. */
  | 'writes-markers-twice'
  /** Readers of committed records see what is not decided. */
  | 'shows-open-transactions'
  /** Readers of committed records are not told which transactions were aborted. */
  | 'forgets-aborts'
  /** Committed offsets are not what was committed last. */
  | 'forgets-offsets'
  /** Readers are not told where their log and ours part. */
  | 'hides-divergence'
  /** Whoever was a member once may commit. */
  | 'takes-commits-of-the-past'
  /** Whoever lost a task may commit for it. */
  | 'takes-commits-for-lost-tasks'
  /** Members of groups of the new protocols are out before their session is over. */
  | 'ends-sessions-early'
  | BugInSharing;

/** Bugs in what share groups do with records. */
type BugInSharing =
  /** Records that a member has are given to others. */
  | 'shares-what-is-taken'
  /** What members are done with is not stored. */
  | 'forgets-acknowledgements'
  /** How often a record was delivered is lost when it comes back. */
  | 'counts-deliveries-anew'
  /** A record whose lock ended is not delivered again. */
  | 'gives-up-what-comes-back'
  /** Locks never end. */
  | 'locks-for-ever';

/** Puts a bug into every broker of this process; the answer takes it out. */
export function plantBug(bug: PlantedBug): () => void {
  switch (bug) {
    case 'answers-before-writing':
      return replaceMethod(LogWriter.prototype, 'durable', () => () => Promise.resolve());
    case 'stores-retries':
      return replaceMethod(ProducerState.prototype, 'check', () => () => ({ kind: 'next' }));
    case 'gives-an-id-twice':
      return replaceMethod(Cluster.prototype, 'nextProducerId', () => () => 7);
    case 'writes-markers-twice':
      return replaceMethod(
        PartitionLog.prototype,
        'endTransaction',
        (original) =>
          function (this: PartitionLog, end) {
            const before = this.logEndOffset;
            original.call(this, end);
            if (this.logEndOffset > before) this.append(buildMarkerBatch({ ...end, timestamp: 0 }), 'coordinator');
          },
      );
    case 'shows-open-transactions':
      return replaceGetter(PartitionLog.prototype, 'lastStableOffset', function (this: PartitionLog) {
        return this.highWatermark;
      });
    case 'forgets-aborts':
      return replaceMethod(PartitionLog.prototype, 'abortedTransactions', () => () => []);
    case 'forgets-offsets':
      return replaceMethod(
        GroupOffsets.prototype,
        'get',
        (original) =>
          function (this: GroupOffsets, topic, partition) {
            const found = original.call(this, topic, partition);
            return found === undefined ? found : { ...found, offset: Math.floor(found.offset / 2) };
          },
      );
    case 'hides-divergence':
      return replaceMethod(PartitionLog.prototype, 'endOfEpoch', () => () => null);
    case 'takes-commits-of-the-past':
      return replaceMethod(ClassicGroup.prototype, 'checkCommit', () => () => undefined);
    case 'takes-commits-for-lost-tasks':
      return replaceMethod(StreamsGroup.prototype, 'checkCommit', () => () => undefined);
    case 'ends-sessions-early':
      return replaceMethod(
        MemberTimers.prototype,
        'set',
        (original) =>
          function (this: MemberTimers, memberId, deadline, delayMs) {
            original.call(this, memberId, deadline, deadline === 'session' ? delayMs / 10 : delayMs);
          },
      );
    default:
      return plantInSharing(bug);
  }
}

function plantInSharing(bug: BugInSharing): () => void {
  switch (bug) {
    case 'shares-what-is-taken':
      return replaceMethod(
        DeliveryWindow.prototype,
        'acquire',
        (original) =>
          function (this: DeliveryWindow, first, last, taken) {
            // Only the first time, so that all is done with in the end.
            const isLocked = taken.count > 1;
            original.call(this, first, last, isLocked ? taken : ({ kind: 'available', count: taken.count } as never));
          },
      );
    case 'forgets-acknowledgements':
      return replaceMethod(ShareCoordinator.prototype, 'write', () => () => Promise.resolve());
    case 'counts-deliveries-anew':
      return replaceMethod(
        DeliveryWindow.prototype,
        'acquire',
        (original) =>
          function (this: DeliveryWindow, first, last, taken) {
            original.call(this, first, last, { ...taken, count: 1 });
          },
      );
    case 'gives-up-what-comes-back':
      return replaceMethod(
        DeliveryWindow.prototype,
        'expire',
        (original) =>
          function (this: DeliveryWindow, nowMs) {
            return original.call(this, nowMs, { deliveriesMax: 1 });
          },
      );
    case 'locks-for-ever':
      return replaceMethod(
        DeliveryWindow.prototype,
        'acquire',
        (original) =>
          function (this: DeliveryWindow, first, last, taken) {
            original.call(this, first, last, { ...taken, untilMs: Number.MAX_SAFE_INTEGER });
          },
      );
  }
}

function replaceMethod<T extends object, K extends keyof T & string>(
  target: T,
  name: K,
  make: (original: T[K]) => T[K],
): () => void {
  const original = target[name];
  target[name] = make(original);
  return () => {
    target[name] = original;
  };
}

function replaceGetter(target: object, name: string, get: () => unknown): () => void {
  const original = Object.getOwnPropertyDescriptor(target, name)!;
  Object.defineProperty(target, name, { ...original, get });
  return () => Object.defineProperty(target, name, original);
}
