import type { ClientQuotas } from './client-quotas.ts';

/** The quotas of one connection: as whom its client is counted, and how it is made to wait. */
export type Throttler = {
  readonly quotas: ClientQuotas;
  readonly user: string;
  /** Nothing more of the client is read for this time. */
  mute(delayMs: number): void;
};
