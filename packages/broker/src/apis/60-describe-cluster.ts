/** DescribeCluster, versions 0–2. 1: endpoint types (KIP-919). 2: fenced brokers, of which there are none. */
import { DescribeClusterResponseDefaults, ErrorCode } from '@millrace/protocol';
import { type BrokerApi, defineApi } from './api.ts';
import { CLUSTER_OPERATIONS, OPERATIONS_NOT_ASKED } from './authorized-operations.ts';
import { brokerNodes } from './nodes.ts';

const BROKERS = 1;
const CONTROLLERS = 2;

export const describeCluster: BrokerApi = defineApi({
  name: 'DescribeCluster',
  handle(services, request, call) {
    const answer = {
      ...DescribeClusterResponseDefaults,
      throttleTimeMs: 0,
      clusterId: services.cluster.image.clusterId,
      controllerId: services.nodeId,
    };
    if (request.endpointType !== BROKERS) {
      const isKnown = request.endpointType === CONTROLLERS;
      const errorCode = isKnown ? ErrorCode.MISMATCHED_ENDPOINT_TYPE : ErrorCode.UNSUPPORTED_ENDPOINT_TYPE;
      const errorMessage = isKnown
        ? 'The request was sent to an endpoint of type BROKER, but we wanted an endpoint of type CONTROLLER'
        : `Unsupported endpoint type ${request.endpointType}`;
      return { ...answer, errorCode, errorMessage, brokers: [] };
    }
    return {
      ...answer,
      errorCode: 0,
      errorMessage: null,
      brokers: brokerNodes(services, call.listener).map(({ nodeId, ...node }) => ({
        ...node,
        brokerId: nodeId,
        isFenced: false,
      })),
      clusterAuthorizedOperations: request.includeClusterAuthorizedOperations
        ? CLUSTER_OPERATIONS
        : OPERATIONS_NOT_ASKED,
    };
  },
});
