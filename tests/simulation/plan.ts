import { seededRandom } from '@millrace/base';

/** What a seed tries: which faults come, and how often. Drawn anew for each, since mild ones find what wild ones hide. */
export type Plan = {
  readonly seed: number;
  readonly flush: 'os' | 'always';
  /** How long faults come. */
  readonly stormMs: number;
  readonly faults: ReadonlySet<Fault>;
  /** The mean time between two faults. */
  readonly faultEveryMs: number;
  readonly producers: number;
  readonly transformers: number;
  readonly readers: number;
  /** Members of a share group. */
  readonly sharers: number;
  /** Instances of an application in a streams group. */
  readonly instances: number;
  /** By which protocol readers share what they read (KIP-848). */
  readonly readerProtocol: 'classic' | 'consumer';
  readonly hasAdminChurn: boolean;
  /** Whether requests arrive after their client gave them up: what only fencing, not patience, can deal with. */
  readonly deliversLate: boolean;
  /** Whether an acknowledged record may be lost: only where the power may go without a sync before each answer. */
  readonly isLossy: boolean;
};

export type Fault =
  | 'kill-broker'
  | 'kill-in-write'
  | 'cut-power'
  | 'stop-broker'
  | 'kill-client'
  | 'break-connection'
  | 'hold-up'
  | 'slow-network'
  | 'slow-disk'
  | 'full-disk'
  | 'failing-sync'
  | 'jump-clock';

const FAULTS: readonly Fault[] = [
  'kill-broker',
  'kill-in-write',
  'cut-power',
  'stop-broker',
  'kill-client',
  'break-connection',
  'hold-up',
  'slow-network',
  'slow-disk',
  'full-disk',
  'failing-sync',
  'jump-clock',
];

export type Workload = Pick<
  Plan,
  | 'producers'
  | 'transformers'
  | 'readers'
  | 'sharers'
  | 'instances'
  | 'readerProtocol'
  | 'hasAdminChurn'
  | 'deliversLate'
>;

export type PlanOptions = {
  readonly stormMs?: number;
  /** These faults and no others. */
  readonly only?: readonly Fault[];
  readonly flush?: Plan['flush'];
  readonly workload?: Partial<Workload>;
};

export function planOf(seed: number, options: PlanOptions = {}): Plan {
  // Numbers in a row make seeds in a row: mixing keeps their plans apart.
  const random = seededRandom(Math.imul(seed, 0x9e3779b1));
  const flush = options.flush ?? (random.int(3) === 0 ? 'os' : 'always');
  const isSevere = random.int(2) === 0;
  const drawn = FAULTS.filter(() => random.int(100) < (isSevere ? 60 : 25));
  const faults = new Set(options.only ?? drawn);
  // What a power cut may take under `os` is checked in runs of their own.
  if (flush === 'os' && options.only === undefined && random.int(3) > 0) faults.delete('cut-power');
  const isLossy = flush === 'os' && faults.has('cut-power');
  // A plain commit or deletion that comes late counts, in Kafka's protocol as here: only what is fenced is checked then.
  const deliversLate = random.int(4) === 0;
  return {
    seed,
    flush,
    deliversLate,
    stormMs: options.stormMs ?? 10_000 + random.int(20_000),
    faults,
    faultEveryMs: 300 + random.int(isSevere ? 1_500 : 5_000),
    producers: 1 + random.int(3),
    transformers: isLossy ? 0 : random.int(3),
    readers: deliversLate ? 0 : random.int(4),
    hasAdminChurn: !deliversLate && random.int(2) === 0,
    readerProtocol: random.int(2) === 0 ? 'classic' : 'consumer',
    sharers: isLossy ? 0 : random.int(3),
    instances: isLossy ? 0 : random.int(4),
    isLossy,
    ...options.workload,
  };
}
