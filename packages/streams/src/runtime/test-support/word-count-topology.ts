import type { Topology } from '../../topology/topology.ts';
import { wordCount } from './word-count.ts';

// What threads load: a topology that each makes for itself.

export const topology: () => Topology = () => wordCount();
