import { type PlantedBug, plantBug } from '@millrace/broker/testing';
import { type Assignor, rangeAssignor } from '@millrace/client';
import { expect, test } from 'vitest';
import { type SimulateOptions, simulate } from './simulate.ts';
import type { Simulation } from './simulation.ts';

/** Seeds of every run of the tests; `npm run torture` tries as many as there is time for. */
const SEEDS = 6;

/** A planted bug shows itself within so many seeds, or the checks are not worth much. */
const SEEDS_UNTIL_FOUND = 12;

const SHORT: SimulateOptions = { stormMs: 6_000 };

test('the same seed makes the same history, byte for byte', async () => {
  const first = await simulate(7, SHORT);
  const second = await simulate(7, SHORT);
  expect(second.traceHash).toBe(first.traceHash);
  expect(first.events).toBeGreaterThan(1_000);
  const other = await simulate(8, SHORT);
  expect(other.traceHash).not.toBe(first.traceHash);
}, 60_000);

test('broker and clients keep their promises through crashes, power cuts, full disks and broken connections', async () => {
  for (let seed = 1; seed <= SEEDS; seed++) {
    const { violations, counts, story } = await simulate(seed, SHORT);
    const replay = `replay it with: npm run torture -- --only simulation --seed ${seed} --seeds 1`;
    expect(violations, `seed ${seed}; ${replay}\n${story.slice(-100).join('\n')}`).toEqual([]);
    expect(counts.get('acked'), `seed ${seed} acknowledged nothing`).toBeGreaterThan(0);
  }
}, 120_000);

/** Everybody gets everything. */
const allToAll: Assignor = {
  ...rangeAssignor,
  assign: async (input) => {
    const fair = await rangeAssignor.assign(input);
    const partitions = [...fair.values()].flatMap((own) => own.partitions);
    return new Map([...fair].map(([member, own]) => [member, { ...own, partitions }]));
  },
};

type Planted = SimulateOptions & { readonly finds: RegExp };

/** The connections that break are theirs. */
const PRODUCERS_ALONE = {
  producers: 3,
  transformers: 0,
  readers: 0,
  sharers: 0,
  instances: 0,
  hasAdminChurn: false,
} as const;

const inBroker: Readonly<Record<PlantedBug, Planted>> = {
  'answers-before-writing': { only: ['kill-in-write'], finds: /acknowledged .* is lost/ },
  'stores-retries': { only: ['break-connection', 'slow-network'], workload: PRODUCERS_ALONE, finds: /twice|sequence/ },
  'gives-an-id-twice': { only: [], workload: { producers: 3 }, finds: /acknowledged|twice|sequence/ },
  'writes-markers-twice': { only: [], workload: { transformers: 1 }, finds: /marker .* ends nothing/ },
  'shows-open-transactions': {
    only: [],
    workload: { transformers: 2 },
    finds: /never committed|a reader \(committed\)/,
  },
  'forgets-aborts': { only: [], workload: { transformers: 2 }, finds: /never committed|a reader \(committed\)/ },
  'forgets-offsets': {
    only: ['kill-client'],
    workload: { readers: 2, readerProtocol: 'classic', deliversLate: false },
    finds: /went back/,
  },
  'hides-divergence': { only: ['cut-power'], flush: 'os', finds: /a reader/ },
  'takes-commits-of-the-past': {
    only: ['hold-up'],
    workload: { transformers: 2, deliversLate: false },
    finds: /transformed twice|went back/,
  },
  'shares-what-is-taken': { only: [], workload: { sharers: 2 }, finds: /while its lock lasted|was with/ },
  'forgets-acknowledgements': { only: ['kill-broker'], workload: { sharers: 2 }, finds: /after it was done with/ },
  'counts-deliveries-anew': { only: [], workload: { sharers: 2 }, finds: /as delivery 2, after 2/ },
  'gives-up-what-comes-back': { only: [], workload: { sharers: 2 }, finds: /was given up/ },
  'takes-commits-for-lost-tasks': {
    only: [],
    workload: { instances: 3 },
    finds: /a commit for task .* was taken from/,
  },
  'ends-sessions-early': { only: [], workload: { instances: 3 }, finds: /task .* is active with/ },
  'locks-for-ever': { only: [], workload: { sharers: 2 }, finds: /when all was quiet, .* was shared up to/ },
};

const inSimulation: Readonly<Record<string, Planted>> = {
  'a sync that only says it was done': {
    only: ['cut-power'],
    flush: 'always',
    plant: (sim: Simulation) => {
      sim.broker.disk.faults.lies = true;
    },
    finds: /acknowledged .* is lost|taken back/,
  },
  'an assignment of everything to everybody': {
    only: [],
    workload: { readers: 2, readerProtocol: 'classic', deliversLate: false },
    plant: (sim: Simulation) => {
      sim.assignors = [allToAll];
    },
    finds: /belongs to .* and to/,
  },
};

async function seedThatFinds({ finds, ...options }: Planted): Promise<number> {
  for (let seed = 1; seed <= SEEDS_UNTIL_FOUND; seed++) {
    const { violations } = await simulate(seed, { ...SHORT, ...options });
    if (violations.some((violation) => finds.test(violation))) return seed;
  }
  return -1;
}

test.each(Object.entries(inBroker))(
  'a broker that %s is found out',
  async (bug, planted) => {
    const takeOut = plantBug(bug as PlantedBug);
    try {
      expect(await seedThatFinds(planted)).toBeGreaterThan(0);
    } finally {
      takeOut();
    }
  },
  120_000,
);

test.each(Object.entries(inSimulation))(
  '%s is found out',
  async (_name, planted) => {
    expect(await seedThatFinds(planted)).toBeGreaterThan(0);
  },
  120_000,
);
