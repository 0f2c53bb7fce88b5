import type { Fault } from '../plan.ts';
import type { Simulation } from '../simulation.ts';
import type { SimulatedProcess } from '../world/simulated-process.ts';

const HOUR_MS = 3_600_000;

/** Brings the faults of the plan, one after the other, until the storm is over. */
export function startNemesis(sim: Simulation): void {
  const { world, plan } = sim;
  const faults = [...plan.faults];
  if (faults.length === 0) return;
  const next = (): void => {
    if (!sim.isStorming) return;
    bring(sim, world.pick(faults));
    world.after(world.between(0, 2 * plan.faultEveryMs), next);
  };
  world.after(world.between(500, 2_000), next);
}

/** Ends what lasts; the broker comes back by itself. */
export function calm(sim: Simulation): void {
  const { network, broker } = sim;
  network.heal();
  // Of an hour behind, the broker refuses what its clients write: their times would be in the future.
  broker.process.setWallClockRight();
  Object.assign(network.weather, { delayMs: () => 0.3, splitPercent: 0 });
  Object.assign(broker.disk.faults, {
    bytesLeft: Number.POSITIVE_INFINITY,
    syncMs: () => 2,
    failsSync: () => false,
    crashAfterWrites: Number.POSITIVE_INFINITY,
  });
}

function bring(sim: Simulation, fault: Fault): void {
  const { world, broker, network, history } = sim;
  history.count(`fault ${fault}`);
  switch (fault) {
    case 'kill-broker':
      broker.kill('kill', world.between(20, 3_000));
      return;
    case 'cut-power':
      broker.kill('power', world.between(100, 5_000));
      return;
    case 'kill-in-write':
      broker.killInWrite(world.between(0, 30), sim.plan.faults.has('cut-power') && world.chance(50) ? 'power' : 'kill');
      return;
    case 'stop-broker':
      void broker.stop(world.between(20, 1_000));
      return;
    case 'kill-client': {
      if (sim.clients.all.length === 0) return;
      const client = world.pick(sim.clients.all);
      world.tell(client.name, 'is killed');
      sim.clients.kill(client);
      return;
    }
    case 'break-connection':
      network.breakOne(world.pick(['both', 'client', 'broker'] as const));
      return;
    case 'hold-up': {
      if (sim.clients.all.length === 0) return;
      const client = world.pick(sim.clients.all);
      const forMs = world.between(100, 8_000);
      world.tell(client.name, `is cut off for ${forMs} ms`);
      network.holdUp(client as SimulatedProcess, forMs);
      return;
    }
    case 'jump-clock': {
      const byMs = world.pick([-HOUR_MS, -1_000, 1_000, HOUR_MS]);
      world.tell(broker.process.name, `has its clock set by ${byMs} ms`);
      broker.process.jumpWallClock(byMs);
      return;
    }
    default:
      bringSpell(sim, fault);
  }
}

/** A fault that lasts for a while. */
function bringSpell(sim: Simulation, fault: 'slow-network' | 'slow-disk' | 'full-disk' | 'failing-sync'): void {
  const { world, broker, network } = sim;
  const forMs = world.between(200, 4_000);
  world.tell('nemesis', `${fault} for ${forMs} ms`);
  const { faults } = broker.disk;
  switch (fault) {
    case 'slow-network': {
      const most = world.between(5, 400);
      Object.assign(network.weather, { delayMs: () => world.between(1, most), splitPercent: 30 });
      world.after(forMs, () => Object.assign(network.weather, { delayMs: () => 0.3, splitPercent: 0 }));
      return;
    }
    case 'slow-disk': {
      const most = world.between(20, 2_000);
      faults.syncMs = () => world.between(1, most);
      world.after(forMs, () => {
        broker.disk.faults.syncMs = () => 2;
      });
      return;
    }
    case 'full-disk':
      faults.bytesLeft = world.between(0, 3_000);
      world.after(forMs, () => {
        broker.disk.faults.bytesLeft = Number.POSITIVE_INFINITY;
      });
      return;
    case 'failing-sync': {
      let left = world.between(1, 2);
      faults.failsSync = () => left-- > 0;
      world.after(forMs, () => {
        broker.disk.faults.failsSync = () => false;
      });
      // Only a restart brings the partition back.
      world.after(forMs + world.between(0, 2_000), () => broker.kill('kill', world.between(20, 500)));
    }
  }
}
