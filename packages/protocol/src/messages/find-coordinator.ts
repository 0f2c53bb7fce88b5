/**
 * FindCoordinator (10): finds the broker that coordinates a group or a transactional id.
 *
 * - v1: the type of the key: 0 group, 1 transaction (KIP-98)
 * - v3: flexible
 * - v4: several keys in one request (KIP-699)
 * - v5: TRANSACTION_ABORTABLE (KIP-890)
 * - v6: share groups, type 2 (KIP-932)
 */
import { type ApiDeclaration, api, int8, int16, int32, list, string } from '../schema.ts';

export const findCoordinator: ApiDeclaration = api({
  name: 'FindCoordinator',
  key: 10,
  versions: '0-6',
  flexible: '3+',
  request: {
    key: string('0-3'),
    keyType: int8('1+', { default: 0 }),
    coordinatorKeys: list('4+', 'string'),
  },
  response: {
    throttleTimeMs: int32('1+', { ignorable: true }),
    errorCode: int16('0-3'),
    errorMessage: string('1-3', { nullable: '1-3', ignorable: true }),
    nodeId: int32('0-3'),
    host: string('0-3'),
    port: int32('0-3'),
    coordinators: list('4+', 'Coordinator', {
      key: string('4+'),
      nodeId: int32('4+'),
      host: string('4+'),
      port: int32('4+'),
      errorCode: int16('4+'),
      errorMessage: string('4+', { nullable: '4+', ignorable: true }),
    }),
  },
});
