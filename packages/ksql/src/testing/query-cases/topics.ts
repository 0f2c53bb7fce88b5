import type { WindowInfo } from '../../catalog/data-source.ts';
import type { StepFormats } from '../../steps/steps.ts';

/** A record as a topic holds it. */
export type TopicRecord = {
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly timestamp: number;
  readonly headers: readonly { readonly key: string; readonly value: Uint8Array | null }[];
};

export type InternalFormats = StepFormats & { readonly window: WindowInfo | null };

/** Topics in memory, each one partition long: what the queries of a case read and write. */
export class CaseTopics {
  readonly #formats = new Map<string, InternalFormats>();
  readonly #records = new Map<string, TopicRecord[]>();
  readonly #partitions = new Map<string, number>();

  create(name: string, partitions: number): void {
    if (!this.#partitions.has(name)) this.#partitions.set(name, partitions);
  }

  partitionsOf(name: string): number | undefined {
    return this.#partitions.get(name);
  }

  append(name: string, record: TopicRecord): void {
    const records = this.#records.get(name);
    if (records === undefined) this.#records.set(name, [record]);
    else records.push(record);
  }

  records(name: string): readonly TopicRecord[] {
    return this.#records.get(name) ?? [];
  }

  /** What an internal topic is written in. */
  setFormats(name: string, formats: InternalFormats): void {
    this.#formats.set(name, formats);
  }

  formatsOf(name: string): InternalFormats | undefined {
    return this.#formats.get(name);
  }

  /** Topics that exist or got a record. */
  names(): readonly string[] {
    return [...new Set([...this.#partitions.keys(), ...this.#records.keys(), ...this.#formats.keys()])];
  }
}
