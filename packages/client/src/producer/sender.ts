import { describeError, type MillraceError, type Timer } from '@millrace/base';
import { ErrorCode, isRetriableError, needsMetadataRefresh, type ProduceResponse } from '@millrace/protocol';
import type { Cluster } from '../cluster/cluster.ts';
import type { BrokerLink } from '../connection/broker-link.ts';
import { backoffMs } from '../lib/backoff.ts';
import { asMillraceError, brokerError, timedOut } from '../lib/errors.ts';
import type { OpenTransaction } from './open-transaction.ts';
import type { PartitionQueue } from './partition-queue.ts';
import { answerFor, produceRequest, type SealedBatch } from './produce-request.ts';
import { type BatchResult, NO_IDENTITY, type ProducerBatch, type ProducerIdentity } from './producer-batch.ts';
import { initProducerId, nextEpoch } from './producer-identity.ts';
import type { ProducerSettings } from './producer-settings.ts';

type Sending = SealedBatch & { readonly queue: PartitionQueue };

/** Room for what stands around the batches in a request. */
const REQUEST_OVERHEAD_BYTES = 1024;

/** How often a batch in order is sent that the broker calls out of order, before its transaction has failed. */
const OUT_OF_ORDER_TRIES_MAX = 5;

type SenderEvents = {
  /** A batch was delivered or given up, and left its queue. */
  readonly onDone: (batch: ProducerBatch, result: BatchResult) => void;
  /** Something failed for good: nothing more will be sent. */
  readonly onFailure: (error: MillraceError) => void;
};

/**
 * Takes sealed batches from the queues to the leaders of their partitions: a few requests on the way to each node,
 * batches of one partition in order, retries included.
 */
export class Sender {
  readonly #cluster: Cluster;
  readonly #settings: ProducerSettings;
  readonly #events: SenderEvents;
  readonly #lane: string;
  /** What the batches are part of; undefined for a producer without transactions. */
  readonly #transaction: OpenTransaction | undefined;
  /** Queues with something to send. */
  readonly #active = new Set<PartitionQueue>();
  readonly #requestsByNode = new Map<number, number>();
  readonly #onTheWay = new Set<Promise<void>>();
  readonly #dialling = new Set<number>();
  readonly #stopListening: () => void;
  #identity: ProducerIdentity = NO_IDENTITY;
  #isAskingForIdentity = false;
  #identityFailureCount = 0;
  #timer: Timer | undefined;
  #timerMs = Number.POSITIVE_INFINITY;
  #isStopped = false;

  constructor(
    cluster: Cluster,
    settings: ProducerSettings,
    { lane, transaction }: { readonly lane: string; readonly transaction: OpenTransaction | undefined },
    events: SenderEvents,
  ) {
    this.#transaction = transaction;
    this.#cluster = cluster;
    this.#settings = settings;
    this.#lane = lane;
    this.#events = events;
    this.#stopListening = cluster.onRefresh(() => this.pump());
  }

  /** Something was sealed in this queue. */
  activate(queue: PartitionQueue): void {
    this.#active.add(queue);
    this.pump();
  }

  /** Looks again at this time at the latest. */
  wakeAt(timeMs: number): void {
    if (timeMs >= this.#timerMs || this.#isStopped) return;
    const { clock } = this.#cluster.settings;
    this.#timer?.clear();
    this.#timerMs = timeMs;
    this.#timer = clock.setTimer(timeMs - clock.monotonicMs(), () => {
      this.#timerMs = Number.POSITIVE_INFINITY;
      this.pump();
    });
  }

  /** Sends whatever may be sent now. */
  pump(): void {
    if (this.#isStopped || this.#active.size === 0) return;
    if (this.#transaction !== undefined) this.#identity = this.#transaction.identity;
    else if (this.#settings.idempotent && this.#identity === NO_IDENTITY) {
      this.#askForIdentity();
      return;
    }
    const nowMs = this.#cluster.settings.clock.monotonicMs();
    for (const [nodeId, queues] of this.#queuesByLeader(nowMs)) this.#pumpNode(nodeId, queues, nowMs);
  }

  /** Resolves when no request is on the way any more. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#onTheWay);
  }

  stop(): void {
    this.#isStopped = true;
    this.#timer?.clear();
    this.#stopListening();
    this.#active.clear();
  }

  #queuesByLeader(nowMs: number): ReadonlyMap<number, PartitionQueue[]> {
    const byNode = new Map<number, PartitionQueue[]>();
    for (const queue of this.#active) {
      if (this.#expire(queue, nowMs)) return new Map();
      const batch = queue.sendable(nowMs, this.#settings.inFlightRequestsMax);
      if (batch === undefined) {
        if (!queue.hasWaiting) this.#active.delete(queue);
        else if (queue.retryAtMs > nowMs) this.wakeAt(queue.retryAtMs);
        continue;
      }
      if (this.#transaction?.admits(queue.topic, queue.partition) === false) continue;
      const leader = this.#cluster.partition(queue.topic, queue.partition)?.leader ?? -1;
      if (leader < 0) {
        this.#cluster.want(queue.topic);
        this.#cluster.refreshSoon();
        continue;
      }
      const queues = byNode.get(leader);
      if (queues === undefined) byNode.set(leader, [queue]);
      else queues.push(queue);
    }
    return byNode;
  }

  /** Gives up, and with it stops the producer, when the oldest batch is over its time. */
  #expire(queue: PartitionQueue, nowMs: number): boolean {
    const { deliveryTimeoutMs } = this.#settings;
    const oldest = queue.batches().next().value;
    if (oldest === undefined) return false;
    const deadlineMs = oldest.createdMs + deliveryTimeoutMs;
    this.wakeAt(deadlineMs);
    if (deadlineMs > nowMs) return false;
    this.#events.onFailure(
      timedOut(`delivering to ${queue.topic}-${queue.partition}`, deliveryTimeoutMs, oldest.lastError),
    );
    return true;
  }

  #pumpNode(nodeId: number, queues: readonly PartitionQueue[], nowMs: number): void {
    const link = this.#cluster.openLink(nodeId, this.#lane);
    if (link === undefined) {
      this.#dial(nodeId, queues);
      return;
    }
    // A request holds one batch of a partition at most; further ones follow in further requests.
    for (let next = 0; (this.#requestsByNode.get(nodeId) ?? 0) < this.#settings.inFlightRequestsMax; ) {
      const { sending, end } = this.#fillRequest(queues, next, nowMs);
      if (sending.length > 0) this.#send(nodeId, link, sending);
      else if (next === 0) return;
      next = end % queues.length;
    }
  }

  /** Takes batches from the queues, beginning at one of them, until the request is full or the last queue was asked. */
  #fillRequest(queues: readonly PartitionQueue[], start: number, nowMs: number) {
    const sending: Sending[] = [];
    let requestBytes = REQUEST_OVERHEAD_BYTES;
    let end = start;
    for (; end < queues.length; end++) {
      const queue = queues[end]!;
      const batch = queue.sendable(nowMs, this.#settings.inFlightRequestsMax);
      if (batch === undefined) continue;
      requestBytes += batch.bufferedBytes;
      if (sending.length > 0 && requestBytes > this.#settings.requestBytesMax) break;
      sending.push(this.#take(queue));
    }
    return { sending, end };
  }

  #take(queue: PartitionQueue): Sending {
    const identity = this.#settings.idempotent ? queue.identityFor(this.#identity) : NO_IDENTITY;
    const { batch, baseSequence } = queue.take(identity);
    batch.attemptCount++;
    const how = { compression: this.#settings.compression, isTransactional: this.#transaction !== undefined };
    return { queue, batch, bytes: batch.bytes(identity, baseSequence, how) };
  }

  #send(nodeId: number, link: BrokerLink, sending: readonly Sending[]): void {
    const { requestTimeoutMs } = this.#cluster.settings;
    this.#requestsByNode.set(nodeId, (this.#requestsByNode.get(nodeId) ?? 0) + 1);
    const transactionalId = this.#transaction?.transactionalId ?? null;
    const options = { acks: this.#settings.acks, timeoutMs: requestTimeoutMs, transactionalId };
    const versionMax = this.#transaction?.produceVersionMax ?? Number.POSITIVE_INFINITY;
    const answered = link
      .call('Produce', produceRequest(sending, options), { versionMax })
      .then(
        (response) => this.#answered(sending, response),
        (thrown: unknown) => this.#lost(sending, asMillraceError(thrown)),
      )
      .finally(() => {
        this.#onTheWay.delete(answered);
        this.#requestsByNode.set(nodeId, this.#requestsByNode.get(nodeId)! - 1);
        this.pump();
      });
    this.#onTheWay.add(answered);
  }

  #answered(sending: readonly Sending[], response: ProduceResponse): void {
    for (const { queue, batch } of sending) {
      if (this.#isStopped || batch.isDone) continue;
      const answer = answerFor(response, batch);
      if (this.#settings.acks === 0) this.#delivered(queue, batch, -1, -1);
      else if (answer === undefined)
        this.#retry(queue, batch, brokerError(ErrorCode.UNKNOWN_SERVER_ERROR, 'producing'));
      // The broker has the batch from an earlier try, whose answer was lost.
      else if (answer.errorCode === ErrorCode.NONE || answer.errorCode === ErrorCode.DUPLICATE_SEQUENCE_NUMBER) {
        this.#delivered(queue, batch, answer.baseOffset, answer.logAppendTimeMs);
      } else this.#refused(queue, batch, answer.errorCode, answer.errorMessage);
    }
  }

  #refused(queue: PartitionQueue, batch: ProducerBatch, errorCode: number, message: string | null): void {
    const context = { topic: batch.topic, partition: batch.partition, recordCount: batch.recordCount };
    const error = brokerError(errorCode, `producing to ${batch.topic}-${batch.partition}`, context, message);
    if (errorCode === ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER || errorCode === ErrorCode.UNKNOWN_PRODUCER_ID) {
      // The batches behind a failed one fail like this; for the oldest it means that the broker lost its state.
      const isOldest = this.#settings.idempotent && !queue.hasOlder(batch);
      if (isOldest && this.#transaction === undefined) this.#restartSequence(queue, batch);
      // In a transaction nobody may begin anew but the transaction as a whole; right after another one a broker may
      // refuse for a moment what is in order.
      if (isOldest && this.#transaction !== undefined && batch.attemptCount >= OUT_OF_ORDER_TRIES_MAX) {
        this.#events.onFailure(error);
      } else this.#retry(queue, batch, error);
    } else if (isRetriableError(errorCode)) {
      if (needsMetadataRefresh(errorCode)) this.#cluster.refreshSoon();
      this.#retry(queue, batch, error);
    } else {
      this.#events.onFailure(error);
    }
  }

  #lost(sending: readonly Sending[], error: MillraceError): void {
    if (this.#isStopped) return;
    if (!error.retriable) {
      this.#events.onFailure(error);
      return;
    }
    this.#cluster.refreshSoon();
    for (const { queue, batch } of sending) {
      if (this.#settings.acks === 0) this.#delivered(queue, batch, -1, -1);
      else if (!batch.isDone) this.#retry(queue, batch, error);
    }
  }

  #delivered(queue: PartitionQueue, batch: ProducerBatch, baseOffset: number, logAppendTimeMs: number): void {
    queue.remove(batch);
    this.#events.onDone(batch, { kind: 'delivered', baseOffset, logAppendTimeMs });
  }

  #retry(queue: PartitionQueue, batch: ProducerBatch, error: MillraceError): void {
    const { clock, logger } = this.#cluster.settings;
    batch.lastError = error;
    logger.debug('a batch is sent again', {
      topic: batch.topic,
      partition: batch.partition,
      error: describeError(error),
    });
    queue.retry(batch, clock.monotonicMs() + backoffMs(this.#cluster.settings, batch.attemptCount));
    this.#active.add(queue);
    this.wakeAt(queue.retryAtMs);
  }

  #restartSequence(queue: PartitionQueue, batch: ProducerBatch): void {
    queue.restartSequence();
    // Another partition may have raised the epoch already.
    if (batch.hasSequence(this.#identity)) this.#identity = nextEpoch(this.#identity) ?? NO_IDENTITY;
  }

  #dial(nodeId: number, queues: readonly PartitionQueue[]): void {
    if (this.#dialling.has(nodeId)) return;
    this.#dialling.add(nodeId);
    this.#cluster
      .link(nodeId, this.#lane)
      .catch((thrown: unknown) => {
        const error = asMillraceError(thrown);
        if (!error.retriable && !this.#isStopped) this.#events.onFailure(error);
        for (const queue of queues) {
          const oldest = queue.batches().next().value;
          if (oldest !== undefined) oldest.lastError = error;
        }
        this.#cluster.refreshSoon();
      })
      .finally(() => {
        this.#dialling.delete(nodeId);
        this.pump();
      });
  }

  #askForIdentity(): void {
    if (this.#isAskingForIdentity) return;
    this.#isAskingForIdentity = true;
    const { clock } = this.#cluster.settings;
    initProducerId(this.#cluster).then(
      (identity) => {
        this.#identity = identity;
        this.#identityFailureCount = 0;
        this.#isAskingForIdentity = false;
        this.pump();
      },
      (thrown: unknown) => {
        const error = asMillraceError(thrown);
        this.#isAskingForIdentity = false;
        if (this.#isStopped) return;
        if (!error.retriable) this.#events.onFailure(error);
        else this.wakeAt(clock.monotonicMs() + backoffMs(this.#cluster.settings, ++this.#identityFailureCount));
      },
    );
  }
}
