import { Exposition, type Logger, MillraceError } from '@millrace/base';
import type { HostPort } from '@millrace/protocol';
import type { Services } from '../apis/api.ts';
import type { PartitionLog } from '../log/partition-log.ts';
import { type DoorGauges, writeBrokerPage } from './broker-page.ts';
import { writeGroupPage } from './group-page.ts';
import { type Health, healthBefore, healthOf, type LifeState, type RecoveryProgress } from './health.ts';
import { writePartitionPage } from './partition-page.ts';
import { ProcessGauges } from './process-gauges.ts';
import { writeSharePage } from './share-page.ts';
import { StatusServer } from './status-server.ts';

/** The parts whose state the pages tell, once they are there. */
export type StatusParts = { readonly services: Services; readonly door: DoorGauges };

/** The pages of one broker, from before its parts are there until after they have gone. */
export class Status {
  readonly #server: StatusServer;
  readonly #process: ProcessGauges;
  #state: LifeState = 'starting';
  #recovery: RecoveryProgress | null = null;
  #parts: StatusParts | null = null;

  private constructor(logger: Logger, wallMs: number) {
    this.#server = new StatusServer({ metrics: () => this.#metrics(), health: () => this.#health() }, logger);
    this.#process = new ProcessGauges(wallMs);
  }

  /** @throws MillraceError `ADDRESS_IN_USE`, `LISTEN_FAILED`. */
  static async start(address: HostPort, logger: Logger, wallMs: number): Promise<Status> {
    const status = new Status(logger, wallMs);
    await status.#server.listen(address);
    return status;
  }

  get port(): number {
    return this.#server.port;
  }

  /** Logs are checked after an unclean stop. */
  recovering(progress: RecoveryProgress): void {
    this.#state = 'recovering';
    this.#recovery = progress;
  }

  ready(parts: StatusParts): void {
    this.#state = 'ready';
    this.#recovery = null;
    this.#parts = parts;
  }

  stopping(): void {
    this.#state = 'stopping';
  }

  async close(): Promise<void> {
    this.#process[Symbol.dispose]();
    await this.#server.close();
  }

  #health(): Health {
    if (this.#parts === null) return healthBefore(this.#state, this.#recovery);
    return healthOf(this.#state, this.#parts.services, openedLogs(this.#parts.services));
  }

  async #metrics(): Promise<string> {
    const page = new Exposition();
    page
      .gauge('kafka_server_kafkaserver_brokerstate', '0 starting, 2 recovering, 3 running, 6 stopping, as in Kafka.')
      .add({ starting: 0, recovering: 2, ready: 3, stopping: 6 }[this.#state]);
    if (this.#parts !== null) {
      const { services, door } = this.#parts;
      writeBrokerPage(page, services, door);
      await writePartitionPage(page, services, openedLogs(services));
      await writeGroupPage(page, services);
      writeSharePage(page, services);
    }
    this.#process.write(page);
    return page.toString();
  }
}

function openedLogs({ logs }: Services): readonly PartitionLog[] {
  return [...logs.allOpened()];
}

/**
 * Reads `metrics.listener`, such as `http://127.0.0.1:9404` or `:9404`.
 *
 * @throws MillraceError `INVALID_CONFIG`.
 */
export function parseStatusListener(text: string): HostPort {
  const match = /^(?:http:\/\/)?(\[[^\]]+\]|[^:/]*):(\d{1,5})\/?$/.exec(text.trim());
  const port = Number(match?.[2]);
  if (match === null || port > 65_535) {
    throw new MillraceError('INVALID_CONFIG', `metrics.listener=${text}: give http://HOST:PORT`);
  }
  const host = match[1]!.replace(/^\[|\]$/g, '');
  return { host: host === '' ? '0.0.0.0' : host, port };
}
