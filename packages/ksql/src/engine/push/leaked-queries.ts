import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, type Closeable, describeError, type Logger, type Timer } from '@millrace/base';
import type { Client } from '@millrace/client';
import { booleanSetting, type KsqlConfig, numberSetting } from '../../lib/ksql-config.ts';
import { deleteApplication, type QueryRun, transientPrefix } from '../query-run.ts';
import { repeat } from '../repeat.ts';

/** ksqlDB's. */
const ENABLE = 'ksql.transient.query.cleanup.service.enable';
const INITIAL_DELAY_SECONDS = 'ksql.transient.query.cleanup.service.initial.delay.seconds';
const PERIOD_SECONDS = 'ksql.transient.query.cleanup.service.period.seconds';
const DELAY_DEFAULT_S = 600;
const PERIOD_MS_MIN = 1_000;

type Options = {
  readonly client: Client;
  readonly serviceId: string;
  readonly stateDir: string;
  /** What runs here. */
  readonly runs: ReadonlySet<QueryRun>;
  readonly config: KsqlConfig;
  readonly clock: Clock;
  readonly logger: Logger;
};

/**
 * Takes away what push queries left behind whose engine did not live to do it: groups, topics and state. Such a query is one that
 * has no member twice in a row, long enough apart that none of any engine is just about to begin.
 */
export class LeakedQueries implements Closeable {
  readonly #options: Options;
  #suspects: ReadonlySet<string> = new Set();
  #timer: Timer | null = null;

  /** @throws MillraceError `INVALID_CONFIG` */
  constructor(options: Options) {
    this.#options = options;
    const { config, clock } = options;
    if (booleanSetting(config, ENABLE) === false) return;
    const ms = (name: string): number => numberSetting(config, name, DELAY_DEFAULT_S) * 1000;
    const intervalMs = Math.max(ms(PERIOD_SECONDS), PERIOD_MS_MIN);
    this.#timer = repeat({ clock, delayMs: ms(INITIAL_DELAY_SECONDS), intervalMs }, () => this.#lookAgain());
  }

  /** Deletes what was suspected at the last look already; gives what was deleted. @throws MillraceError of the client */
  async look(): Promise<readonly string[]> {
    const { client, stateDir } = this.#options;
    const orphans = await this.#orphans();
    const leaked = [...orphans].filter((id) => this.#suspects.has(id));
    this.#suspects = orphans;
    for (const applicationId of leaked) {
      this.#options.logger.info('Deleting what a push query left behind', { applicationId });
      await deleteApplication(client, applicationId);
      await rm(join(stateDir, applicationId), { recursive: true, force: true });
    }
    return leaked;
  }

  async close(): Promise<void> {
    this.#timer?.clear();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Push queries of the service that have topics or a group, and nobody who runs them. */
  async #orphans(): Promise<ReadonlySet<string>> {
    const { client, serviceId, runs } = this.#options;
    const { admin } = client;
    const groups = (await admin.listGroups()).map(({ groupId }) => groupId);
    const topics = (await admin.listTopics()).map(({ name }) => name);
    const known = new Set([...groups, ...topics].flatMap((name) => applicationIn(name, serviceId)));
    const here = new Set([...runs].map(({ applicationId }) => applicationId));
    const described = await admin.describeGroups(groups.filter((group) => known.has(group)));
    const alive = new Set(described.filter(({ members }) => members.length > 0).map(({ groupId }) => groupId));
    return new Set([...known].filter((id) => !here.has(id) && !alive.has(id)));
  }

  async #lookAgain(): Promise<void> {
    try {
      await this.look();
    } catch (thrown) {
      const error = describeError(thrown);
      this.#options.logger.warn('Looking for what push queries left behind failed', { error });
    }
  }
}

/** The id that its engine gave it: it ends in a number. */
const QUERY_ID = /^(?:transient|SCALABLE_PUSH_QUERY)_.*?_\d+(?=-|$)/;

/** The application of a push query, with which the names of its group and topics begin; none in other names. */
function applicationIn(name: string, serviceId: string): readonly string[] {
  const prefix = transientPrefix(serviceId);
  const id = name.startsWith(prefix) ? QUERY_ID.exec(name.slice(prefix.length)) : null;
  return id === null ? [] : [prefix + id[0]];
}
