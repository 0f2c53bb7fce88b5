import type { FastifyInstance } from 'fastify';

/** Counts the requests that are being answered, so that closing can wait for them and not for idle connections. */
export class RequestsInFlight {
  #count = 0;
  readonly #waiting: (() => void)[] = [];

  watch(http: FastifyInstance): void {
    http.addHook('onRequest', async (_request, reply) => {
      this.#count++;
      reply.raw.once('close', () => {
        this.#count--;
        if (this.#count === 0) for (const resolve of this.#waiting.splice(0)) resolve();
      });
    });
  }

  /** Resolves when all have been answered, or after `timeoutMs`. */
  drained(timeoutMs: number): Promise<void> {
    if (this.#count === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, timeoutMs);
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}
