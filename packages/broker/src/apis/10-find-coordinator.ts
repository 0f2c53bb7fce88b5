/**
 * FindCoordinator, versions 0–6. 1: key types. 3: flexible. 4: several keys (KIP-699). 5: errors of transactions.
 * 6: share groups (KIP-932). The answer is always this broker.
 */
import { errorMessage, type FindCoordinatorResponseCoordinator } from '@millrace/protocol';
import { BrokerError } from '../lib/broker-error.ts';
import { type BrokerApi, type Call, defineApi, type Services } from './api.ts';
import { brokerNode } from './nodes.ts';

const GROUP = 0;
const TRANSACTION = 1;
const SHARE = 2;
const SHARE_VERSION = 6;
/** `groupId:topicId:partition`; a group id may have colons. */
const SHARE_KEY = /^.+:[A-Za-z0-9_-]{22}:\d+$/s;
const SEVERAL_KEYS_VERSION = 4;

export const findCoordinator: BrokerApi = defineApi({
  name: 'FindCoordinator',
  handle(services, request, call) {
    const keys = call.version >= SEVERAL_KEYS_VERSION ? request.coordinatorKeys : [request.key];
    const coordinators = keys.map((key) => find(services, call, key, request.keyType));
    const { nodeId, host, port, errorCode, errorMessage } = coordinators[0] ?? find(services, call, '', GROUP);
    return {
      throttleTimeMs: 0,
      ...(call.version >= SEVERAL_KEYS_VERSION
        ? { nodeId: 0, host: '', port: 0, errorCode: 0, errorMessage: '' }
        : { nodeId, host, port, errorCode, errorMessage }),
      coordinators: call.version >= SEVERAL_KEYS_VERSION ? coordinators : [],
    };
  },
});

function find(services: Services, call: Call, key: string, keyType: number): FindCoordinatorResponseCoordinator {
  const isShare = keyType === SHARE && call.version >= SHARE_VERSION && SHARE_KEY.test(key);
  if (keyType !== GROUP && keyType !== TRANSACTION && !isShare) {
    const { errorCode } = new BrokerError('INVALID_REQUEST');
    return { key, nodeId: -1, host: '', port: -1, errorCode, errorMessage: errorMessage(errorCode) };
  }
  const { nodeId, host, port } = brokerNode(services, call.listener);
  return { key, nodeId, host, port, errorCode: 0, errorMessage: null };
}
