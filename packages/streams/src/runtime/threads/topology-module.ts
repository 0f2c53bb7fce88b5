import { illegalArgument } from '../../errors.ts';
import { Topology } from '../../topology/topology.ts';
import type { KafkaStreamsOptions } from '../config/options.ts';

/**
 * A module that has a topology, which every thread loads for itself: it exports `topology`, a topology or a function that
 * makes one, and may export `options` with what cannot be sent to a thread (handlers, serdes' helpers, tokens).
 */
export type TopologyModule = {
  readonly topology: Topology;
  readonly options: Partial<KafkaStreamsOptions>;
};

/** @throws MillraceError `INVALID_ARGUMENT` when the module has no topology; what its code throws. */
export async function loadTopologyModule(url: URL): Promise<TopologyModule> {
  const module = (await import(url.href)) as { readonly topology?: unknown; readonly options?: unknown };
  const made: unknown = typeof module.topology === 'function' ? await module.topology() : module.topology;
  if (!(made instanceof Topology)) {
    throw illegalArgument(
      `the module ${url.href} must export \`topology\`: what StreamsBuilder.build() gives, or a function that makes it`,
    );
  }
  return { topology: made, options: (module.options ?? {}) as Partial<KafkaStreamsOptions> };
}
