import type { ApplicationOptions } from './application-parts.ts';
import { ApplicationRuntime } from './application-runtime.ts';

/** How an application on a thread ended: asked to, or by a failure that no handler took. */
export type ApplicationEnd = { readonly kind: 'stopped' } | { readonly kind: 'failed'; readonly error: unknown };

/**
 * One event loop's worth of stream processing. It hosts any number of applications, each with its own group, offsets
 * and producer, over the connections of one client; their loops take turns slice by slice. (A worker of its own will be
 * another host of the same class.)
 */
export class StreamThread {
  readonly name: string;
  readonly #applications = new Map<string, { readonly runtime: ApplicationRuntime; readonly ended: Promise<void> }>();

  constructor(name: string) {
    this.name = name;
  }

  /** Starts an application; `onEnd` hears once how it ended. */
  start(options: ApplicationOptions, onEnd: (end: ApplicationEnd) => void): ApplicationRuntime {
    const { applicationId } = options.config;
    const runtime = new ApplicationRuntime(options);
    const ended = runtime.run().then(
      () => onEnd({ kind: 'stopped' }),
      (error: unknown) => onEnd({ kind: 'failed', error }),
    );
    this.#applications.set(applicationId, { runtime, ended });
    return runtime;
  }

  /** Ends an application in order and waits until it has. */
  async stop(applicationId: string): Promise<void> {
    const application = this.#applications.get(applicationId);
    if (application === undefined) return;
    application.runtime.requestStop();
    await application.ended;
    this.#applications.delete(applicationId);
  }
}
