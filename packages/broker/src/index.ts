export { Broker } from './broker.ts';
export { BrokerError } from './lib/broker-error.ts';
export type { FlushPolicy } from './log/log-config.ts';
export type { BrokerOptions } from './server/broker-options.ts';
export type { ListenerSpec } from './server/listener.ts';
export type { Files, FolderLock, OpenFile } from './storage/files.ts';
