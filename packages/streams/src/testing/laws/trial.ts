import { CACHE_MAX_BYTES_DEFAULT, type History, isInOrder } from './history.ts';
import { interleave } from './interleave.ts';
import type { TopologyModel } from './model.ts';
import type { Observation } from './observation.ts';
import type { Faults } from './simulated-task.ts';
import { Simulation } from './simulation.ts';

/** How a run of a history differs from the plain one. */
export type Variant = {
  readonly cached?: boolean;
  readonly restarts?: boolean;
  readonly interleaved?: boolean;
  /** The same once more. */
  readonly again?: boolean;
};

/** A history and its runs, each made when the first law asks for it. */
export class Trial {
  readonly model: TopologyModel;
  readonly history: History;
  readonly inOrder: boolean;
  readonly #faults: Faults;
  readonly #runs = new Map<string, Observation>();

  constructor(model: TopologyModel, history: History, faults: Faults = {}) {
    this.model = model;
    this.history = history;
    this.inOrder = isInOrder(history);
    this.#faults = faults;
  }

  /** @throws what the topology throws */
  run(variant: Variant = {}): Observation {
    const name = JSON.stringify(variant);
    let observation = this.#runs.get(name);
    if (observation === undefined) {
      observation = this.#observe(variant);
      this.#runs.set(name, observation);
    }
    return observation;
  }

  #observe({ cached = false, restarts = false, interleaved = false }: Variant): Observation {
    const { cacheMaxBytes = CACHE_MAX_BYTES_DEFAULT, partitions = 1, records } = this.history;
    const simulation = new Simulation(this.model, {
      partitions,
      cacheMaxBytes: cached ? cacheMaxBytes : 0,
      faults: this.#faults,
    });
    try {
      for (const record of interleaved ? interleave(this.model, records, partitions) : records) {
        simulation.accept(record);
        if (record.afterwards === 'restart' && restarts) simulation.restart();
        else if (record.afterwards !== undefined && record.afterwards !== 'nothing') simulation.commit();
      }
      simulation.commit();
      return simulation.observe();
    } finally {
      simulation.close();
    }
  }
}
