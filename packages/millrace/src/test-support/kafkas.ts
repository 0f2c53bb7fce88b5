import { Broker } from '@millrace/broker';
import { afterAll, beforeAll, describe } from 'vitest';
import {
  type ApacheKafka,
  apacheKafkaMissing,
  startApacheKafka,
} from '../../../client/src/test-support/apache-kafka.ts';
import { runCommand } from '../command-line/run-command.ts';
import type { Terminal } from '../command-line/terminal.ts';
import { TOOLS } from '../commands/catalogue.ts';

export type ToolRun = {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** Standard output as JSON. */
  json<T>(): T;
};

export type RunOptions = {
  readonly stdin?: string | Uint8Array;
  readonly keyboard?: Terminal['keyboard'];
  readonly signal?: AbortSignal;
};

/** A Kafka to run the tools against. */
export type Kafka = {
  readonly bootstrap: () => string;
  /** `run('topics', 'list')`, in this process. */
  run(name: string, ...args: readonly string[]): Promise<ToolRun>;
  runWith(options: RunOptions, name: string, ...args: readonly string[]): Promise<ToolRun>;
  /** A name that no other test uses. */
  name(prefix: string): string;
};

let nameCount = 0;

function kafkaAt(bootstrap: () => string): Kafka {
  const runWith = (options: RunOptions, name: string, ...args: readonly string[]) =>
    runTool(options, name, [...args, '--bootstrap', bootstrap()]);
  return {
    bootstrap,
    runWith,
    run: (name, ...args) => runWith({}, name, ...args),
    name: (prefix) => `${prefix}-${process.pid}-${nameCount++}`,
  };
}

/**
 * Registers the tests for our broker, and for Apache Kafka where that can be started: both with an authorizer under which
 * everybody may do everything.
 */
export function onEachKafka(define: (kafka: Kafka) => void): void {
  describe('our broker', () => {
    let broker: Broker;
    beforeAll(async () => {
      broker = await Broker.start({ authorizer: { superUsers: ['User:ANONYMOUS'] } });
    });
    afterAll(async () => {
      await broker.close();
    });
    define(kafkaAt(() => broker.bootstrapServers));
  });
  // A Kafka that runs already, with an authorizer, saves starting one.
  const running = process.env.MILLRACE_TEST_KAFKA;
  const missing = running === undefined ? apacheKafkaMissing() : undefined;
  const title = missing === undefined ? 'Apache Kafka' : `Apache Kafka (skipped: ${missing})`;
  describe.skipIf(missing !== undefined)(title, () => {
    let apache: ApacheKafka | undefined;
    beforeAll(async () => {
      if (running !== undefined) return;
      apache = await startApacheKafka([
        'authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer',
        'super.users=User:ANONYMOUS',
      ]);
    });
    afterAll(() => apache?.stop());
    define(kafkaAt(() => running ?? apache!.bootstrapServers));
  });
}

/** Runs a tool in this process, its terminal being here. */
export async function runTool(options: RunOptions, name: string, args: readonly string[]): Promise<ToolRun> {
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  const collect = (into: Buffer[]) => ({
    write: async (data: string | Uint8Array) => void into.push(Buffer.from(data as string)),
  });
  const terminal: Terminal = {
    stdin: stdinOf(options.stdin ?? ''),
    keyboard: options.keyboard ?? null,
    width: () => 80,
    stdout: collect(out),
    stderr: collect(err),
    signal: options.signal ?? new AbortController().signal,
  };
  const { about, load } = TOOLS[name]!;
  const code = await runCommand({ name, about, command: await load() }, args, terminal);
  const text = Buffer.concat(out).toString();
  return { code, out: text, err: Buffer.concat(err).toString(), json: <T>() => JSON.parse(text) as T };
}

async function* stdinOf(text: string | Uint8Array): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text as string);
  // In pieces, as a pipe may bring it.
  for (let at = 0; at < bytes.length; at += 5) yield bytes.subarray(at, at + 5);
}
