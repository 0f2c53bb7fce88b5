import { numberSetting } from '../lib/ksql-config.ts';
import type { Command } from './command.ts';
import { CommandBackup } from './command-backup/backup-file.ts';
import { CommandLog } from './command-log.ts';
import { commandRunnerStatus } from './command-runner-status.ts';
import { commandTopicOf } from './command-topic.ts';
import type { Applied, EngineParts } from './engine-parts.ts';
import { applyCommand, EMPTY_STATE, type EngineState } from './engine-state.ts';
import { FileLog } from './headless/file-log.ts';
import { queriesFileOf } from './headless/queries-file.ts';
import { askingAs } from './peers/ask-peer.ts';
import { PeerAgent } from './peers/peer-agent.ts';
import { peerSettings } from './peers/peer-settings.ts';
import { serversIn, storeLags, tablePlaces } from './table-places.ts';

/** ksqlDB's: for so long the queries of a command may be on their way before it is an error. */
const BLOCKED_THRESHOLD = 'ksql.server.command.blocked.threshold.error.ms';
const BLOCKED_THRESHOLD_MS = 15_000;

/** What there is before the log has been read: nothing of it depends on statements. */
export type Ground = Omit<EngineParts, 'log' | 'state' | 'isBlocked' | 'agent'>;

/** Replays the command topic, starts what is left of it, and follows it from then on; or begins with nothing, for a file. */
export async function readLog(ground: Ground, signal: AbortSignal | undefined): Promise<EngineParts> {
  const { client, serviceId, clock, logger, writer, running, statuses, config } = ground;
  let state: EngineState = EMPTY_STATE;
  let isReplaying = true;
  const waiting = new Waiting(ground);
  const apply = (command: Command): Applied => {
    const applied = applyCommand(state, command);
    state = applied.state;
    const { message, queryId } = applied;
    statuses.note(command.id, { status: 'SUCCESS', message, queryId, commandSequenceNumber: command.position });
    const started = isReplaying ? Promise.resolve() : waiting.on(running.follow(state.queries));
    return { ...applied, position: command.position, running: started };
  };
  const topic = commandTopicOf(serviceId);
  const log =
    queriesFileOf(config) !== null
      ? new FileLog(apply, ({ queryId }: Applied) => queryId !== null)
      : await CommandLog.open<Applied>(
          { client, topic, clock, logger, writer, apply, backup: CommandBackup.open(config, topic, clock, logger) },
          { signal },
        );
  isReplaying = false;
  // Of a topic that is not the one of before nobody knows what should run.
  if (commandRunnerStatus(log.failure, false).degradedReason === 'CORRUPTED') running.stayStopped();
  else await running.follow(state.queries);
  const parts = { ...ground, log, state: () => state, isBlocked: () => waiting.isTooLong };
  return { ...parts, agent: watchPeers(parts) };
}

/** Since when queries of commands are on their way. */
class Waiting {
  readonly #clock: Ground['clock'];
  readonly #maxMs: number;
  readonly #since = new Set<{ readonly atMs: number }>();

  constructor({ clock, config }: Pick<Ground, 'clock' | 'config'>) {
    this.#clock = clock;
    this.#maxMs = numberSetting(config, BLOCKED_THRESHOLD, BLOCKED_THRESHOLD_MS);
  }

  on(work: Promise<void>): Promise<void> {
    const started = { atMs: this.#clock.monotonicMs() };
    this.#since.add(started);
    return work.finally(() => this.#since.delete(started));
  }

  get isTooLong(): boolean {
    const nowMs = this.#clock.monotonicMs();
    return [...this.#since].some(({ atMs }) => nowMs - atMs > this.#maxMs);
  }
}

/** Who has no address can't be told anything, and tells nobody. */
function watchPeers(parts: Omit<EngineParts, 'agent'>): PeerAgent | null {
  const { advertised, config, hosts, clock, logger } = parts;
  if (advertised === null) return null;
  const settings = peerSettings(config);
  const timeoutMs = settings.heartbeats?.windowMs ?? 0;
  return new PeerAgent({
    ...{ settings, hosts, clock, logger, own: advertised.server, asking: askingAs(parts, { timeoutMs }) },
    servers: () => serversIn(tablePlaces(parts)),
    lags: () => storeLags(parts),
  });
}
