import type { ReadingForAll, Serde } from '@millrace/streams';
import { silentProcessingLog } from '../processing-log/messages.ts';
import type { SourceStep } from '../steps/steps.ts';
import type { LogicalSchema } from '../types/schema.ts';
import type { Row } from '../types/values.ts';
import type { ColumnUse } from './column-use.ts';
import type { CompileContext } from './compile-context.ts';
import type { RowKey } from './holders.ts';
import { keySerde, sourceSerde } from './row-serdes.ts';
import type { SharedSources } from './shared-sources.ts';

type SourceReadingOptions = {
  readonly declared: LogicalSchema;
  readonly use: ColumnUse;
  /** How many columns are filled behind the declared ones; known once all steps are compiled. */
  readonly room: () => number;
};

/**
 * How a query reads the records of a source: for itself, or for all queries of the engine that are given the same bytes.
 * What rows hold beside the bytes, which each query fills in, depends on the record and the declaration of the source alone:
 * that is all that queries have to agree on.
 */
export class SourceReading {
  readonly key: Serde<RowKey>;
  readonly value: Serde<Row>;
  readonly #step: SourceStep;
  readonly #options: SourceReadingOptions;
  readonly #sources: SharedSources;
  #source: string | undefined;
  #forAll: ReadingForAll<Row> | undefined;
  #version = -1;

  constructor(step: SourceStep, options: SourceReadingOptions, context: CompileContext) {
    const { declared, use, room } = options;
    this.#step = step;
    this.#options = options;
    this.#sources = context.sources;
    const serdes = context.serdeOptions(step.formats, step.context);
    // What can't be read for all is told by each query for itself.
    const untold = { ...serdes, processingLog: silentProcessingLog };
    const keyForAll = {
      as: JSON.stringify([step.formats.key, step.sourceSchema, step.window]),
      serde: keySerde(declared.key, step.window, untold),
    };
    this.key = { ...keySerde(declared.key, step.window, serdes), forAll: () => keyForAll };
    this.value = {
      ...sourceSerde(declared.value, serdes, { isUsed: (position) => use.has(position), room }),
      forAll: () => {
        if (this.#version === this.#sources.version) return this.#forAll!;
        this.#version = this.#sources.version;
        const used = this.#sources.usedColumns(this.#name(), use, declared.value.length);
        const as = `${this.#name()} ${used.map(Number).join('')}`;
        if (as === this.#forAll?.as) return this.#forAll;
        const serde = sourceSerde(declared.value, untold, { isUsed: (position) => used[position]!, room });
        this.#forAll = { as, serde };
        return this.#forAll;
      },
    };
  }

  /** A task of the query begins, and ends: meanwhile others read what it uses. */
  begin(): void {
    this.#sources.join(this.#name(), this.#options.use);
  }

  end(): void {
    this.#sources.leave(this.#name(), this.#options.use);
  }

  #name(): string {
    const { formats, sourceSchema, timestamp, window } = this.#step;
    this.#source ??= JSON.stringify([formats, sourceSchema, timestamp, window, this.#options.room()]);
    return this.#source;
  }
}
