/**
 * Rows whose reading has begun: what they are read from is settled now, however long they wait for their reader. The signal
 * ends the reading, also of rows that nobody will read.
 */
export async function begun<T>(rows: AsyncIterable<T>, signal: AbortSignal): Promise<AsyncIterable<T>> {
  const iterator = rows[Symbol.asyncIterator]();
  const end = (): void => void iterator.return?.();
  const first = await iterator.next();
  if (signal.aborted) end();
  signal.addEventListener('abort', end, { once: true });
  return (async function* () {
    try {
      for (let next = first; next.done !== true; next = await iterator.next()) yield next.value;
    } finally {
      signal.removeEventListener('abort', end);
      await iterator.return?.();
    }
  })();
}
