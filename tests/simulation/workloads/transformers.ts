import { MillraceError } from '@millrace/base';
import type { ConsumerBatch, GroupMetadata, TransactionalProducer } from '@millrace/client';
import { placeKey, type TransactionFact } from '../history.ts';
import { type ClientProcess, INPUT, OUTPUT, PARTITIONS, type Scene } from '../scene.ts';

export const TRANSFORM_GROUP = 'transform';
const ABORT_PERCENT = 15;
const TRANSACTION_TIMEOUT_MS = 8_000;

/**
 * Consume, transform, produce, exactly once: each record of the input makes one of the output, in a transaction with the
 * offset. Its value names the transaction and where it was read: `transform-0.3#5|1:42`.
 */
export function startTransformers(scene: Scene): void {
  for (let index = 0; index < scene.plan.transformers; index++) {
    scene.keepRunning(`transform-${index}`, (process) => transform(scene, process, `transform-${index}`));
  }
}

async function transform(scene: Scene, process: ClientProcess, transactionalId: string): Promise<void> {
  const client = scene.client(process);
  const producer = client.transactionalProducer({
    transactionalId,
    transactionTimeoutMs: TRANSACTION_TIMEOUT_MS,
    lingerMs: scene.world.between(0, 10),
    deliveryTimeoutMs: TRANSACTION_TIMEOUT_MS,
  });
  await producer.initTransactions();
  const consumer = client.consumer({
    groupId: TRANSFORM_GROUP,
    topics: INPUT,
    isolationLevel: 'read_committed',
    offsetReset: 'earliest',
    autoCommitIntervalMs: false,
    sessionTimeoutMs: 3_000,
    heartbeatIntervalMs: 600,
    maxPollIntervalMs: 10_000,
    maxWaitMs: 300,
    partitionMaxBytes: 4_000,
  });
  let serial = 0;
  for await (const batch of consumer.batches()) {
    if (batch.records.length === 0) continue;
    // Of this moment: a batch that was read under an earlier generation must not be committed under a later one.
    const group = consumer.groupMetadata;
    const next = (): Work => ({ producer, group, batch, id: `${process.name}#${serial++}` });
    while ((await transact(scene, process, next())) === 'again');
    await process.sleep(scene.world.between(0, 100));
  }
}

type Work = {
  readonly producer: TransactionalProducer;
  readonly group: GroupMetadata;
  readonly batch: ConsumerBatch;
  readonly id: string;
};

/** One transaction; answers whether the batch is to be done again, and throws when this process can't go on. */
async function transact(scene: Scene, process: ClientProcess, work: Work): Promise<'done' | 'again'> {
  const { world, history } = scene;
  const { producer, batch, id } = work;
  const fact: TransactionFact = { id, outcome: 'open', values: [] };
  history.transactions.push(fact);
  // A transaction that was never asked to commit must not be seen, whatever becomes of this process.
  fact.outcome = 'aborted';
  const { generation, memberId } = work.group;
  const from = `${batch.partition}:${batch.records[0]!.offset}`;
  world.trace(process.name, `begins ${id} with ${from} in generation ${generation} as ${memberId}`);
  producer.begin();
  for (const { partition, offset } of batch.records) {
    const value = `${id}|${partition}:${offset}`;
    fact.values.push(value);
    producer.append(OUTPUT, world.random.int(PARTITIONS), null, Buffer.from(value), process.wallMs());
  }
  if (world.chance(30)) await process.sleep(world.between(0, 1_500));
  const nextOffset = batch.records.at(-1)!.offset + 1;
  const key = placeKey(batch);
  if (world.chance(ABORT_PERCENT)) {
    await producer.abort();
    history.count('aborted transactions');
    world.trace(process.name, `aborted ${id}`);
    return 'again';
  }
  history.commitSent(TRANSFORM_GROUP, key, nextOffset);
  const position = { topic: INPUT, partition: batch.partition, offset: nextOffset };
  try {
    await producer.sendOffsets([position], work.group);
  } catch (error) {
    if (!isOutOfGeneration(error)) throw error;
    await producer.abort();
    history.count('transactions out of generation');
    // Whoever owns the partition now begins at the committed offset.
    return 'done';
  }
  if (world.chance(10)) await process.sleep(world.between(0, 1_000));
  fact.outcome = 'unknown';
  await producer.commit();
  fact.outcome = 'committed';
  history.commitAcked(TRANSFORM_GROUP, key, nextOffset);
  history.count('committed transactions');
  world.trace(process.name, `committed ${id}`);
  return 'done';
}

function isOutOfGeneration(error: unknown): boolean {
  return error instanceof MillraceError && /ILLEGAL_GENERATION|UNKNOWN_MEMBER_ID|REBALANCE/.test(error.code);
}
