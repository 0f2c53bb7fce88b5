import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Wire } from '@millrace/broker/testing';
import { BROKER_CONFIG } from '../simulation/broker-life.ts';
import { audit, type Evidence } from '../simulation/checks/audit.ts';
import { planOf } from '../simulation/plan.ts';
import { startAdminChurn } from '../simulation/workloads/admin-churn.ts';
import { configureInstances, startInstances } from '../simulation/workloads/instances.ts';
import { startObserver } from '../simulation/workloads/observers.ts';
import { makeTopics, startProducers } from '../simulation/workloads/producers.ts';
import { type Owned, startReaders } from '../simulation/workloads/readers.ts';
import { configureSharers, startSharers } from '../simulation/workloads/sharers.ts';
import { startTransformers } from '../simulation/workloads/transformers.ts';
import { type KillableBroker, startKillableBroker } from './broker-process.ts';
import { RealScene } from './real-scene.ts';

const WORKLOAD = {
  producers: 2,
  transformers: 2,
  readers: 2,
  sharers: 2,
  instances: 2,
  hasAdminChurn: true,
  deliversLate: false,
} as const;

/** From when the broker serves until it is killed. */
const LIFE_MS_MAX = 900;

/** Sessions, transactions and retries end by themselves within this. */
const QUIET_MS_MAX = 90_000;
const QUIET_CHECK_MS = 1_000;

export type KillRoundOptions = {
  readonly seed: number;
  readonly kills: number;
  readonly flush: 'os' | 'always';
  /** 0 for any free port. */
  readonly port: number;
  readonly onKill?: (kills: number) => void;
};

export type KillRoundResult = {
  readonly kills: number;
  readonly violations: readonly string[];
  readonly counts: ReadonlyMap<string, number>;
  readonly story: readonly string[];
};

/**
 * One data folder: the workloads of the simulation over real sockets, a broker process that is killed again and again,
 * then quiet and the audit. The seed decides what clients do and when the broker dies; what happens in between is the
 * real world's.
 */
export async function killRound({ seed, kills, flush, port, onKill }: KillRoundOptions): Promise<KillRoundResult> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'millrace-kill-torture-'));
  const start = (again: number): Promise<KillableBroker> =>
    startKillableBroker({ folder, port: again, flush, config: BROKER_CONFIG });
  let broker = await start(port);
  const scene = new RealScene(planOf(seed, { flush, only: [], workload: WORKLOAD }), broker.port);
  const { world, history } = scene;
  const keepAlive = setInterval(() => {}, QUIET_CHECK_MS);
  try {
    const setUp = scene.client(scene.process('set-up'));
    await makeTopics(setUp);
    await configureSharers(setUp);
    await configureInstances(setUp);
    const evidence = startWorkloads(scene);
    for (let kill = 1; kill <= kills; kill++) {
      await new Promise((resolve) => setTimeout(resolve, world.between(20, LIFE_MS_MAX)));
      if (world.chance(25) && scene.clients.all.length > 0) scene.clients.kill(world.pick(scene.clients.all));
      world.tell('broker', 'is killed');
      scene.brokerDeaths += 1;
      await broker.kill();
      broker = await start(broker.port);
      onKill?.(kill);
    }
    scene.isStorming = false;
    await auditWhenQuiet(scene, evidence);
  } catch (error) {
    history.violate(error instanceof Error ? `${error.stack}` : String(error));
  } finally {
    clearInterval(keepAlive);
    scene.end();
    await broker.kill();
    if (history.violations.length === 0) fs.rmSync(folder, { recursive: true, force: true });
    else world.tell('broker', `leaves its data in ${folder}`);
  }
  return { kills, violations: history.violations, counts: history.counts, story: world.story };
}

function startWorkloads(scene: RealScene): Evidence {
  const owned: Owned = new Map();
  const observers = [startObserver(scene, 'uncommitted'), startObserver(scene, 'committed')];
  startProducers(scene);
  startTransformers(scene);
  startReaders(scene, owned);
  const [shared, tasks] = [startSharers(scene), startInstances(scene)];
  return { observers, owned, topics: startAdminChurn(scene), shared, tasks };
}

/** Looks again and again until nothing is wrong any more; what is still wrong after a long time is a violation. */
async function auditWhenQuiet(scene: RealScene, evidence: Evidence): Promise<void> {
  const untilMs = performance.now() + QUIET_MS_MAX;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, QUIET_CHECK_MS));
    const isLast = performance.now() > untilMs;
    const history = isLast ? scene.history : scene.history.scratch();
    const wire = new Wire(scene.connect(scene.process('audit')));
    const view = { ...sceneView(scene), history };
    await audit(view, evidence, wire).catch((error: unknown) => history.violate(String(error)));
    wire.destroy();
    if (isLast || history.violations.length === 0) return;
  }
}

/** A scene as an object of its own, whose history can be another one. */
function sceneView(scene: RealScene) {
  const { plan, world, isStorming, powerLosses, brokerDeaths, assignors } = scene;
  return {
    plan,
    world,
    isStorming,
    powerLosses,
    brokerDeaths,
    assignors,
    process: scene.process.bind(scene),
    client: scene.client.bind(scene),
    connect: scene.connect.bind(scene),
    keepRunning: scene.keepRunning.bind(scene),
  };
}
