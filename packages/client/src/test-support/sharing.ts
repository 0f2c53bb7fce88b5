import { Cluster } from '../cluster/cluster.ts';
import { makeDialler } from '../connection/dialler.ts';
import { settingsOf } from '../connection/settings.ts';
import { Fetcher } from '../fetcher/fetcher.ts';
import type { StartOffset } from '../fetcher/fetcher-options.ts';
import { SharedReads, type SharingLimits } from '../fetcher/shared/shared-reads.ts';
import type { ScriptedLog } from './scripted-log.ts';

/** Fetchers of a scripted log that share what they read, with as much room for it as the test wants. */
export class Sharing implements AsyncDisposable {
  readonly reads: SharedReads;
  readonly #cluster: Cluster;
  readonly #fetchers: Fetcher[] = [];

  constructor(log: ScriptedLog, limits?: SharingLimits) {
    const options = { dial: () => log.connect(), retryBackoffMs: 1, retryBackoffMaxMs: 1 };
    const settings = settingsOf(options);
    this.#cluster = new Cluster(makeDialler(options, settings), settings);
    this.reads = new SharedReads(limits);
  }

  fetcher(start: StartOffset): Fetcher {
    const lane = `fetcher-${this.#fetchers.length}`;
    const fetcher = new Fetcher(this.#cluster, lane, { offsetReset: 'earliest' }, this.reads);
    this.#fetchers.push(fetcher);
    fetcher.assign('scripted', 0, start);
    return fetcher;
  }

  async close(): Promise<void> {
    for (const part of this.#fetchers) await part.close();
    await this.#cluster.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
