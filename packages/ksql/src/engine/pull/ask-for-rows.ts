import { MillraceError } from '@millrace/base';
import type { KafkaStreams } from '@millrace/streams';
import { type KsqlConfig, numberSetting } from '../../lib/ksql-config.ts';
import type { Row } from '../../types/values.ts';
import type { EngineParts } from '../engine-parts.ts';
import { askingAs, askPeer, linesOf } from '../peers/ask-peer.ts';
import type { ServiceHosts } from '../peers/service-hosts.ts';
import type { Session } from '../request.ts';
import { begun } from './begun.ts';
import type { Materialization } from './materialization.ts';
import { type PullPlan, rowsThrough } from './pull-plan.ts';
import { readTable } from './read-table.ts';
import { isAway, nextRoutes, type Route, routesOf, type Share, sharesOf } from './routes.ts';
import { rowLines } from './row-lines.ts';
import { PULL_SHARE_PATH, type PullShareRequest, readShare } from './shares.ts';

/** Of other engines, with all their rows. */
const FORWARDING_TIMEOUT = 'ksql.query.pull.forwarding.timeout.ms';
const FORWARDING_TIMEOUT_DEFAULT_MS = 20_000;

/** A table that a query of this engine keeps, as it runs. */
export type RunningTable = {
  readonly table: Materialization;
  readonly streams: KafkaStreams;
  readonly applicationId: string;
};

type Asked = RunningTable & {
  readonly plan: PullPlan;
  readonly sql: string;
  /** Ends the answers. */
  readonly signal: AbortSignal;
};

/** The rows of a table wherever they are, by engine; resolves when all who have some have said so. */
export function askForRows(
  asked: Asked,
  session: Session,
  engine: EngineParts,
): Promise<readonly AsyncIterable<Row>[]> {
  const { plan, table, streams, applicationId } = asked;
  const settings = ownSettings(session, engine);
  const routes = routesOf(plan.access, { table, streams, applicationId, hosts: engine.hosts, ...settings });
  return askByRoutes(routes, askerOf({ ...asked, ...settings }, session, engine));
}

type OwnSettings = { readonly own: string | null; readonly config: KsqlConfig };

/** Who this engine is, and what holds for the request. */
export function ownSettings({ overrides }: Session, { config, advertised }: EngineParts): OwnSettings {
  return { own: advertised?.server ?? null, config: { ...config, ...overrides } };
}

type Asker = (share: Share) => Promise<AsyncIterable<Row>>;

/** Each partition at its first place; where that one is away, at its next. */
async function askByRoutes(routes: readonly Route[], ask: Asker): Promise<readonly AsyncIterable<Row>[]> {
  const answers = sharesOf(routes).map(async (share) => {
    try {
      return [await ask(share)];
    } catch (thrown) {
      const next = isAway(thrown) ? nextRoutes(routes, share) : null;
      if (next === null) throw thrown;
      return askByRoutes(next, ask);
    }
  });
  return (await Promise.all(answers)).flat();
}

function askerOf(asked: Asked & OwnSettings, session: Session, engine: EngineParts): Asker {
  const { plan, sql, table, streams, own, config, signal: asking } = asked;
  const timeoutMs = numberSetting(config, FORWARDING_TIMEOUT, FORWARDING_TIMEOUT_DEFAULT_MS);
  const signals = session.signal === undefined ? [asking] : [asking, session.signal];
  return async ({ server, isActive, partitions, lookups }) => {
    const wanted = { partitions, ofCopies: !isActive };
    if (server === null) engine.pullParts.local++;
    if (server === null && isActive) {
      // What was found here a moment ago is here: nothing waited since. Later, when others have answered, it may be more.
      const here = plan.access.kind === 'scan' ? plan.access : { ...plan.access, lookups };
      return rowsThrough(plan, await begun(readTable(table, here, streams), asking));
    }
    if (server === null) {
      const rows = await readShare(table, plan.access, streams, { ...wanted, own, config });
      return rowsThrough(plan, await begun(rows, asking));
    }
    engine.pullParts.remote++;
    const body: PullShareRequest = { sql, properties: session.overrides, ...wanted };
    // Columns that lines have no place for are refused only where they have to travel.
    const { read } = rowLines(plan.columns);
    const options = askingAs(engine, { timeoutMs, signal: AbortSignal.any(signals) });
    const answer = askPeer(server, { path: PULL_SHARE_PATH, body }, options);
    return rowsOf(linesOf(await untilDeath(answer, server, engine.hosts), server), read);
  };
}

/** Nobody waits for an engine that is found to be dead meanwhile. @throws MillraceError `PEER_UNREACHABLE` (retriable) */
async function untilDeath<T>(work: Promise<T>, server: string, hosts: ServiceHosts): Promise<T> {
  const death = Promise.withResolvers<never>();
  const stop = hosts.onDeath(server, () => {
    const message = `The engine at ${server} of this service has stopped beating`;
    death.reject(new MillraceError('PEER_UNREACHABLE', message, { retriable: true }));
  });
  try {
    return await Promise.race([work, death.promise]);
  } finally {
    stop();
  }
}

async function* rowsOf(lines: AsyncIterable<string>, read: (line: string) => Row): AsyncGenerator<Row> {
  for await (const line of lines) yield read(line);
}
