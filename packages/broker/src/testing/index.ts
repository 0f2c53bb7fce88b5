export { type Faults, FaultyFiles } from '../storage/faulty-files.ts';
export { MemoryFiles } from '../storage/memory-files.ts';
