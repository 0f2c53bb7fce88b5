export type { ServerFactory } from '../server/listener-spec.ts';
export { type Faults, FaultyFiles } from '../storage/faulty-files.ts';
export type { Files, FolderLock, OpenFile, ReplaceOptions, Volume } from '../storage/files.ts';
export { MemoryFiles } from '../storage/memory-files.ts';
export { type PlantedBug, plantBug } from './planted-bugs.ts';
export { fetchRequest } from './requests.ts';
export { Wire } from './wire.ts';
