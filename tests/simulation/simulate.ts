import { Broker } from '@millrace/broker';
import { Wire } from '@millrace/broker/testing';
import { Client } from '@millrace/client';
import { BROKER_CONFIG } from './broker-life.ts';
import { audit, type Evidence } from './checks/audit.ts';
import { type Plan, type PlanOptions, planOf } from './plan.ts';
import { Simulation } from './simulation.ts';
import { startAdminChurn } from './workloads/admin-churn.ts';
import { configureInstances, startInstances } from './workloads/instances.ts';
import { calm, startNemesis } from './workloads/nemesis.ts';
import { startObserver } from './workloads/observers.ts';
import { makeTopics, startProducers } from './workloads/producers.ts';
import { type Owned, startReaders } from './workloads/readers.ts';
import { configureSharers, startSharers } from './workloads/sharers.ts';
import { startTransformers } from './workloads/transformers.ts';

const START_MS_MAX = 30_000;

/** After the storm: longer than every session, transaction and retry takes. */
const QUIET_MS = 90_000;
const AUDIT_MS = 60_000;

export type Result = {
  readonly plan: Plan;
  readonly violations: readonly string[];
  readonly counts: ReadonlyMap<string, number>;
  readonly traceHash: string;
  readonly simulatedMs: number;
  readonly events: number;
  readonly brokerDeaths: number;
  readonly story: readonly string[];
};

export type SimulateOptions = PlanOptions & {
  /** Changes the simulation before it begins: a planted bug. */
  readonly plant?: (sim: Simulation) => void;
  /** Called with each line of the history. */
  readonly onTrace?: (line: string) => void;
};

/** Runs one seed: a storm of faults, then quiet, then the audit. */
export async function simulate(seed: number, options: SimulateOptions = {}): Promise<Result> {
  await loadEverything();
  const plan = planOf(seed, options);
  const sim = new Simulation(plan, options.onTrace);
  const { world, history, broker, network } = sim;
  network.weather.deliversLate = plan.deliversLate;
  options.plant?.(sim);
  broker.start();
  const setUp = world.process('set-up');
  const client = sim.client(setUp);
  let isReady = false;
  void makeTopics(client)
    .then(() => configureSharers(client))
    .then(() => configureInstances(client))
    .then(() => {
      isReady = true;
    });
  if (!(await world.run(START_MS_MAX, () => isReady))) history.violate('the broker did not start');
  const owned: Owned = new Map();
  const observers = [startObserver(sim, 'uncommitted'), startObserver(sim, 'committed')];
  startProducers(sim);
  startTransformers(sim);
  startReaders(sim, owned);
  const shared = startSharers(sim);
  const tasks = startInstances(sim);
  const topics = startAdminChurn(sim);
  startNemesis(sim);
  await world.run(world.nowMs + plan.stormMs);
  sim.isStorming = false;
  calm(sim);
  world.tell('nemesis', 'all is quiet');
  await world.run(world.nowMs + QUIET_MS);
  await auditInTime(sim, { observers, owned, topics, shared, tasks });
  sim.clients.end();
  setUp.kill();
  broker.process.kill();
  return {
    plan,
    violations: history.violations,
    counts: history.counts,
    traceHash: world.traceHash(),
    simulatedMs: world.nowMs,
    events: world.eventCount,
    brokerDeaths: broker.deaths,
    story: world.story,
  };
}

async function auditInTime(sim: Simulation, evidence: Evidence): Promise<void> {
  const { world, history } = sim;
  let isDone = false;
  const wire = new Wire(sim.connect(sim.process('audit')));
  audit(sim, evidence, wire)
    .catch((error: unknown) => history.violate(`what is stored can't be read: ${String(error)}`))
    .finally(() => {
      isDone = true;
    });
  if (!(await world.run(world.nowMs + AUDIT_MS, () => isDone))) history.violate('the audit was not answered in time');
}

let loading: Promise<void> | undefined;

/** Modules that are loaded when they are first needed come from the real disk: not in the middle of a history. */
function loadEverything(): Promise<void> {
  loading ??= loadModules();
  return loading;
}

async function loadModules(): Promise<void> {
  const broker = await Broker.start({ port: 0, config: BROKER_CONFIG });
  const client = new Client({ bootstrapServers: broker.bootstrapServers });
  await makeTopics(client);
  await configureSharers(client);
  await configureInstances(client);
  await client.close();
  await broker.close();
}
