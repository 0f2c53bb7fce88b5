import { booleanSetting, type KsqlConfig, numberSetting } from '../../lib/ksql-config.ts';

/** How the engines of a service watch each other: ksqlDB's settings `ksql.heartbeat.*` and `ksql.lag.reporting.*`. */
export type PeerSettings = {
  readonly heartbeats: HeartbeatSettings | null;
  /** Null: nobody is told how far the copies here are behind. */
  readonly lagSendIntervalMs: number | null;
};

export type HeartbeatSettings = {
  readonly sendIntervalMs: number;
  readonly checkIntervalMs: number;
  readonly discoverIntervalMs: number;
  /** How far back beats are counted. */
  readonly windowMs: number;
  /** So many beats missed one after the other are a dead engine. The setting's name says `ms`; it is a count. */
  readonly missedThreshold: number;
};

/** @throws MillraceError `INVALID_CONFIG` */
export function peerSettings(config: KsqlConfig): PeerSettings {
  const number = (name: string, otherwise: number): number => numberSetting(config, `ksql.${name}`, otherwise);
  const interval = (name: string, otherwise: number): number => Math.max(number(name, otherwise), 1);
  const hasHeartbeats = booleanSetting(config, 'ksql.heartbeat.enable') === true;
  const reportsLags = booleanSetting(config, 'ksql.lag.reporting.enable') === true;
  const heartbeats = {
    sendIntervalMs: interval('heartbeat.send.interval.ms', 100),
    checkIntervalMs: interval('heartbeat.check.interval.ms', 200),
    discoverIntervalMs: interval('heartbeat.discover.interval.ms', 2_000),
    windowMs: interval('heartbeat.window.ms', 2_000),
    missedThreshold: interval('heartbeat.missed.threshold.ms', 3),
  };
  return {
    heartbeats: hasHeartbeats ? heartbeats : null,
    // As in ksqlDB, who hears no heartbeats knows nobody whom he could tell.
    lagSendIntervalMs: hasHeartbeats && reportsLags ? interval('lag.reporting.send.interval.ms', 5_000) : null,
  };
}
