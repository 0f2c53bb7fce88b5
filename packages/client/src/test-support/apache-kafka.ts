import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const TOOLS = resolve(import.meta.dirname, '../../../../../shared/kafka');
/** `kafka-up` puts the controller a thousand ports above the broker. */
const CONTROLLER_PORT_OFFSET = 1000;
/** Below those that a system gives out by itself. */
const LOWEST_PORT = 20_000;
const HIGHEST_PORT = 30_000;

const STARTS_MAX = 3;
const START_PAUSE_MS = 1_000;

/** Why Apache Kafka can't be started here, or undefined when it can. */
export function apacheKafkaMissing(): string | undefined {
  if (!existsSync(join(TOOLS, 'kafka-up'))) return 'needs ../shared/kafka beside the repository';
  const folders = (process.env.PATH ?? '').split(':');
  return folders.some((folder) => existsSync(join(folder, 'java'))) ? undefined : 'needs java';
}

export type ApacheKafka = {
  readonly bootstrapServers: string;
  /** A second listener, where clients must prove who they are. */
  readonly saslBootstrapServers: string;
  /** Runs one of Kafka's own tools. */
  run(tool: string, ...args: readonly string[]): void;
  stop(): void;
};

/**
 * One node of Apache Kafka in a folder of its own, with a listener for SASL where `alice` has the password `secret`, and with
 * `more` settings as `name=value`.
 */
export async function startApacheKafka(more: readonly string[] = []): Promise<ApacheKafka> {
  for (let tries = 1; ; tries++) {
    try {
      return await startOnce(more);
    } catch (error) {
      // Several that start at the same moment can be in each other's way.
      if (tries === STARTS_MAX) throw error;
      await new Promise((resume) => setTimeout(resume, tries * START_PAUSE_MS));
    }
  }
}

async function startOnce(more: readonly string[]): Promise<ApacheKafka> {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-apache-kafka-'));
  const [port, saslPort] = [await freePort(), await freePort()];
  const listeners = `PLAINTEXT://127.0.0.1:${port},SASL://127.0.0.1:${saslPort}`;
  const security = 'org.apache.kafka.common.security';
  const settings = [
    `listeners=${listeners},CONTROLLER://127.0.0.1:${port + CONTROLLER_PORT_OFFSET}`,
    `advertised.listeners=${listeners}`,
    'listener.security.protocol.map=PLAINTEXT:PLAINTEXT,SASL:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT',
    'sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256,SCRAM-SHA-512,OAUTHBEARER',
    `listener.name.sasl.plain.sasl.jaas.config=${security}.plain.PlainLoginModule required user_alice="secret";`,
    `listener.name.sasl.scram-sha-256.sasl.jaas.config=${security}.scram.ScramLoginModule required;`,
    `listener.name.sasl.scram-sha-512.sasl.jaas.config=${security}.scram.ScramLoginModule required;`,
    `listener.name.sasl.oauthbearer.sasl.jaas.config=${security}.oauthbearer.OAuthBearerLoginModule required ` +
      'unsecuredLoginStringClaim_sub="broker";',
    ...more,
  ];
  const data = join(folder, 'kafka');
  const call = (tool: string, args: readonly string[]) =>
    execFileSync(join(TOOLS, tool), args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const stop = () => {
    call('kafka-down', [data]);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    call('kafka-up', ['--port', String(port), '--dir', data, ...settings.flatMap((setting) => ['--set', setting])]);
  } catch (error) {
    // On a busy machine it may not answer in time: it runs all the same. Where it never began, there is nothing to end.
    if (existsSync(join(data, 'pids'))) stop();
    throw error;
  }
  return {
    bootstrapServers: `127.0.0.1:${port}`,
    saslBootstrapServers: `127.0.0.1:${saslPort}`,
    run: (tool, ...args) => void call('kafka-run', [tool, '--bootstrap-server', `127.0.0.1:${port}`, ...args]),
    stop,
  };
}

/** How often a port is looked for before something else must be wrong. */
const PORT_TRIES_MAX = 100;

/** One that nobody has, and whose controller's port nobody has either: several tests start a Kafka at the same time. */
async function freePort(): Promise<number> {
  for (let tries = 0; tries < PORT_TRIES_MAX; tries++) {
    const port = randomInt(LOWEST_PORT, HIGHEST_PORT);
    if ((await isFree(port)) && (await isFree(port + CONTROLLER_PORT_OFFSET))) return port;
  }
  throw new Error('no free port was found for Apache Kafka');
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const isBound = await new Promise<boolean>((done) => {
    server.once('error', () => done(false));
    server.listen(port, '127.0.0.1', () => done(true));
  });
  await new Promise((done) => server.close(done));
  return isBound;
}
