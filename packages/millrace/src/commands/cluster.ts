import { action, type Command, single } from '../command-line/command.ts';
import { table } from '../command-line/table.ts';

export const command: Command = single(
  action({
    about: 'tell the id of the cluster, its brokers and its controller',
    examples: [{ about: 'is it there, and who is it', line: 'millrace cluster --bootstrap localhost:9092' }],
    json:
      '{ clusterId: string, controllerId: number, ' +
      'nodes: [{ nodeId: number, host: string, port: number, rack: string | null }] }',
    run: async ({ admin }) => await (await admin()).describeCluster(),
    print: ({ clusterId, controllerId, nodes }) =>
      `Cluster ${clusterId}, controller ${controllerId}\n` +
      table(
        ['NODE', 'HOST', 'PORT', 'RACK'],
        nodes.map(({ nodeId, host, port, rack }) => [nodeId, host, port, rack]),
      ),
  }),
);
