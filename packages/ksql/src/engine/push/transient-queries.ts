import { type Closeable, type CloseOptions, describeError, type Logger, type Random } from '@millrace/base';
import { KsqlException } from '../../lib/ksql-exception.ts';

const CLOSE_TIMEOUT_MS = 10_000;
const ID_LIMIT = Number.MAX_SAFE_INTEGER;

/** A push query while somebody reads it. */
type TransientQuery = Closeable & { readonly queryId: string; readonly statement: string };

/** The push queries of an engine, so that they end with it. */
export class TransientQueries implements Closeable {
  readonly #logger: Logger;
  readonly #random: Random;
  readonly #max: number;
  readonly #queries = new Map<string, TransientQuery>();
  #lastPull = 0;

  constructor({ logger, random, max }: { readonly logger: Logger; readonly random: Random; readonly max: number }) {
    this.#max = max;
    this.#logger = logger;
    this.#random = random;
  }

  /** As ksqlDB names them: after their first source, and a number that no other engine draws. */
  newId(source: string, { isScalable }: { readonly isScalable: boolean }): string {
    return `${isScalable ? 'SCALABLE_PUSH_QUERY' : 'transient'}_${source}_${this.#random.int(ID_LIMIT)}`;
  }

  /** After the time, as ksqlDB's; of two at one moment the later one goes on counting. */
  newPullId(nowMs: number): string {
    this.#lastPull = Math.max(this.#lastPull + 1, Math.floor(nowMs));
    return `query_${this.#lastPull}`;
  }

  /** @throws KsqlException when there are as many as may be */
  add(query: TransientQuery): void {
    if (this.#queries.size >= this.#max) throw new KsqlException('Maximum number of push queries exceeded');
    this.#queries.set(query.queryId, query);
  }

  remove(id: string): void {
    this.#queries.delete(id);
  }

  /** Without regard to case: a name that stands unquoted in SQL has lost its own. */
  find(id: string): TransientQuery | undefined {
    return this.list().find(({ queryId }) => queryId.toUpperCase() === id.toUpperCase());
  }

  list(): readonly TransientQuery[] {
    return [...this.#queries.values()];
  }

  async close({ timeoutMs = CLOSE_TIMEOUT_MS }: CloseOptions = {}): Promise<void> {
    const ends = await Promise.allSettled([...this.#queries.values()].map((query) => query.close({ timeoutMs })));
    for (const end of ends) {
      if (end.status === 'fulfilled') continue;
      this.#logger.warn('A push query did not end cleanly', { error: describeError(end.reason) });
    }
    this.#queries.clear();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
