import { Broker } from '@millrace/broker';
import { currentProcess, type EmbeddedBroker, runKsqlServer } from '@millrace/ksql/server-main';

const DATA_DEFAULT = './millrace-data';
const PORT_DEFAULT = 9092;

/** `millrace ksql-server`: the server of the ksql package, which knows no broker, and ours for `--embedded`. */
export function ksqlServer(args: readonly string[]): Promise<number> {
  return runKsqlServer(args, process.env, { ...currentProcess(), startBroker });
}

/** A worker of its own, on the port and folder of `millrace broker`: queries must not keep other clients waiting. */
async function startBroker(): Promise<EmbeddedBroker> {
  const data = process.env.MILLRACE_DATA ?? DATA_DEFAULT;
  const port = Number(process.env.MILLRACE_PORT ?? PORT_DEFAULT);
  const broker = await Broker.start({ data, port, thread: true });
  return {
    client: { bootstrapServers: broker.bootstrapServers },
    [Symbol.asyncDispose]: () => broker.close(),
  };
}
