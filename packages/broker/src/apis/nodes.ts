import type { Services } from './api.ts';

export type BrokerNode = {
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
  readonly rack: string | null;
};

/** The brokers of the cluster, as clients of a listener reach them: this one. */
export function brokerNodes(services: Services, listener: string): BrokerNode[] {
  return [brokerNode(services, listener)];
}

export function brokerNode(services: Services, listener: string): BrokerNode {
  // A client in the same process needs no address; it keeps to the connection that it has.
  const { host, port } = services.advertised(listener) ?? { host: 'localhost', port: 0 };
  return { nodeId: services.nodeId, host, port, rack: services.config.text('broker.rack') };
}
