import type { ApiName } from '@millrace/protocol';
import { produce } from './00-produce.ts';
import { fetch } from './01-fetch.ts';
import { listOffsets } from './02-list-offsets.ts';
import { metadata } from './03-metadata.ts';
import { offsetCommit } from './08-offset-commit.ts';
import { offsetFetch } from './09-offset-fetch.ts';
import { findCoordinator } from './10-find-coordinator.ts';
import { joinGroup } from './11-join-group.ts';
import { heartbeat } from './12-heartbeat.ts';
import { leaveGroup } from './13-leave-group.ts';
import { syncGroup } from './14-sync-group.ts';
import { apiVersions } from './18-api-versions.ts';
import type { BrokerApi } from './api.ts';

/** Every API that the broker serves, by key. What is not here does not exist for clients. */
const APIS: readonly BrokerApi[] = [
  produce,
  fetch,
  listOffsets,
  metadata,
  offsetCommit,
  offsetFetch,
  findCoordinator,
  joinGroup,
  heartbeat,
  leaveGroup,
  syncGroup,
  apiVersions(() => APIS),
];

const BY_KEY: readonly (BrokerApi | undefined)[] = APIS.reduce<(BrokerApi | undefined)[]>((byKey, api) => {
  byKey[api.key] = api;
  return byKey;
}, []);

const BY_NAME: ReadonlyMap<ApiName, BrokerApi> = new Map(APIS.map((api) => [api.name, api]));

export function registry(): readonly BrokerApi[] {
  return APIS;
}

export function apiFor(key: number): BrokerApi | undefined {
  return BY_KEY[key];
}

export function apiNamed(name: ApiName): BrokerApi | undefined {
  return BY_NAME.get(name);
}
