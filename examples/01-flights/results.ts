import { type Client, RecordCursor } from 'millrace/client';
import type { Delays } from './topology.ts';

/** One airport's departures in one hour. */
export type Row = Delays & { readonly airport: string; readonly hourMs: number };

/**
 * Follows an output topic and keeps the latest value of each window: a table is the fold of its changes. Both sides write
 * windowed keys as Kafka Streams does: the key's bytes, then the window's start as 64 bits.
 */
export class Results {
  readonly #client: Client;
  readonly #topic: string;
  readonly #rows = new Map<string, Row>();
  #flights = 0;

  constructor(client: Client, topic: string) {
    this.#client = client;
    this.#topic = topic;
  }

  /** How many flights the table counts now. */
  get flights(): number {
    return this.#flights;
  }

  /** Airport by airport, hour by hour. */
  rows(): Row[] {
    return [...this.#rows.values()].sort((a, b) =>
      a.airport < b.airport ? -1 : a.airport > b.airport ? 1 : a.hourMs - b.hourMs,
    );
  }

  /** Reads on until the signal ends it. */
  async follow(signal: AbortSignal): Promise<void> {
    await using fetcher = this.#client.fetcher();
    const { partitions } = await this.#client.topic(this.#topic);
    for (const { partition } of partitions) fetcher.assign(this.#topic, partition, 'earliest');
    while (!signal.aborted) {
      for (const { records, fetchOffset } of await fetcher.poll({ maxWaitMs: 200 })) {
        const cursor = new RecordCursor(records, { fromOffset: fetchOffset });
        while (cursor.next()) this.#put(cursor.key()!, cursor.value());
      }
    }
  }

  #put(key: Uint8Array, value: Uint8Array | null): void {
    const view = new DataView(key.buffer, key.byteOffset, key.byteLength);
    const airport = new TextDecoder().decode(key.subarray(0, key.length - 8));
    const hourMs = Number(view.getBigInt64(key.length - 8));
    const id = `${airport} ${hourMs}`;
    this.#flights -= this.#rows.get(id)?.flights ?? 0;
    this.#rows.delete(id);
    if (value === null) return;
    const row = { airport, hourMs, ...parse(value) };
    this.#rows.set(id, row);
    this.#flights += row.flights;
  }
}

/** SQL writes its columns in upper case, as ksqlDB does. */
function parse(value: Uint8Array): Delays {
  const entries = Object.entries(JSON.parse(new TextDecoder().decode(value)) as object);
  return Object.fromEntries(entries.map(([name, field]) => [name.toLowerCase(), field])) as Delays;
}
