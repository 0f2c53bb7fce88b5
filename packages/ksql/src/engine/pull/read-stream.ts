import type { Client } from '@millrace/client';
import { RecordCursor } from '@millrace/protocol';
import type { CompileContext } from '../../compile/compile-context.ts';
import { recordReader } from '../../compile/record-reader.ts';
import type { SourceStep } from '../../steps/steps.ts';
import type { Row } from '../../types/values.ts';

/** How long one fetch waits for records that must be there. */
const POLL_WAIT_MS = 500;

/** All rows of a stream that were in its topic when asked, partition by partition as they come in. */
export async function* readStream(
  step: SourceStep,
  context: CompileContext,
  { client, signal }: { readonly client: Client; readonly signal: AbortSignal | undefined },
): AsyncGenerator<Row> {
  const { topic } = step;
  const read = recordReader(step, context);
  const ends = await endOffsets(client, topic);
  await using fetcher = client.fetcher({ offsetReset: 'earliest' });
  for (const partition of ends.keys()) fetcher.assign(topic, partition, 'earliest');
  while (ends.size > 0) {
    for (const fetched of await fetcher.poll({ maxWaitMs: POLL_WAIT_MS, ...(signal && { signal }) })) {
      const { partition, fetchOffset, nextOffset, records } = fetched;
      const end = ends.get(partition);
      if (end === undefined) continue;
      const cursor = new RecordCursor(records, { fromOffset: fetchOffset });
      while (cursor.next() && cursor.offset < end) {
        const row = read({ ...cursor.materialize(), partition });
        if (row !== null) yield row;
      }
      if (nextOffset < end) continue;
      ends.delete(partition);
      fetcher.unassign(topic, partition);
    }
  }
}

/** Where each partition ends that holds anything. */
async function endOffsets(client: Client, topic: string): Promise<Map<number, number>> {
  const { partitions } = await client.topic(topic);
  const all = partitions.map(({ partition }) => ({ topic, partition }));
  const starts = new Map(
    (await client.admin.listOffsets(all, 'earliest')).map((each) => [each.partition, each.offset]),
  );
  const ends = await client.admin.listOffsets(all, 'latest');
  const filled = ends.filter(({ partition, offset }) => offset > (starts.get(partition) ?? 0));
  return new Map(filled.map(({ partition, offset }) => [partition, offset]));
}
