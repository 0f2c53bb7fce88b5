import { type Clock, type Closeable, describeError, type Logger, type Timer } from '@millrace/base';
import { repeat } from '../repeat.ts';
import { type AskOptions, askPeer, type PeerQuestion } from './ask-peer.ts';
import type { PeerSettings } from './peer-settings.ts';
import type { HostStoreLags, ServiceHosts } from './service-hosts.ts';

/** ksqlDB's endpoints between servers. */
export const HEARTBEAT_PATH = '/heartbeat';
export const LAG_PATH = '/lag';

type PeerAgentOptions = {
  readonly settings: PeerSettings;
  readonly hosts: ServiceHosts;
  /** `host:port`, by which the others know this engine. */
  readonly own: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly asking: AskOptions;
  /** The servers in the groups of the queries now. */
  readonly servers: () => ReadonlySet<string>;
  readonly lags: () => Promise<HostStoreLags>;
};

/**
 * Tells the other engines that this one is alive and how far its copies are, and looks whether they say the same. Beats go to
 * the dead, too: so both find each other again.
 */
export class PeerAgent implements Closeable {
  readonly #options: PeerAgentOptions;
  readonly #timers: Timer[] = [];
  readonly #closing = new AbortController();
  /** Who has not answered yet: one that hangs is not sent more and more. */
  readonly #unanswered = new Set<string>();

  constructor(options: PeerAgentOptions) {
    this.#options = options;
    const { heartbeats, lagSendIntervalMs } = options.settings;
    if (heartbeats === null) return;
    this.#discover();
    this.#every(heartbeats.discoverIntervalMs, () => this.#discover());
    this.#every(heartbeats.sendIntervalMs, () => this.#beat());
    this.#every(heartbeats.checkIntervalMs, () => options.hosts.check());
    if (lagSendIntervalMs !== null) this.#every(lagSendIntervalMs, () => void this.#tellLags());
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) timer.clear();
    this.#closing.abort();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #every(intervalMs: number, work: () => void): void {
    this.#timers.push(repeat({ clock: this.#options.clock, intervalMs }, work));
  }

  #discover(): void {
    const { hosts, servers } = this.#options;
    hosts.discover(servers());
  }

  #beat(): void {
    const { hosts, own, clock } = this.#options;
    const question = { path: HEARTBEAT_PATH, body: { hostInfo: own, timestamp: Math.floor(clock.wallMs()) } };
    for (const server of hosts.others) void this.#send(server, question);
  }

  async #tellLags(): Promise<void> {
    const { hosts, own, lags, logger } = this.#options;
    try {
      const hostStoreLags = await lags();
      hosts.reportLags(own, hostStoreLags);
      const question = { path: LAG_PATH, body: { ksqlHost: own, hostStoreLags } };
      for (const server of hosts.others) if (hosts.status(server).hostAlive) void this.#send(server, question);
    } catch (thrown) {
      if (!this.#closing.signal.aborted) logger.warn('Lags could not be told', { error: describeError(thrown) });
    }
  }

  async #send(server: string, question: PeerQuestion): Promise<void> {
    const key = server + question.path;
    if (this.#unanswered.has(key)) return;
    this.#unanswered.add(key);
    const { asking, logger } = this.#options;
    try {
      const response = await askPeer(server, question, { ...asking, signal: this.#closing.signal });
      await response.arrayBuffer();
    } catch (thrown) {
      logger.debug('An engine of the service was not told', {
        server,
        path: question.path,
        error: describeError(thrown),
      });
    } finally {
      this.#unanswered.delete(key);
    }
  }
}
