import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { type Closeable, MillraceError } from '@millrace/base';
import type {
  RegisteredSchema,
  SchemaKind,
  SchemaReference,
  SchemaRegistry,
  SchemaText,
  SubjectVersion,
} from '../formats/schema-registry/schema-registry.ts';
import type { RegistryAnswer, RegistryRequest } from './registry-request.ts';

const ATTEMPT_TIMEOUT_MS = 5_000;
/** More than all attempts and the pauses between them take. */
const ANSWER_TIMEOUT_MS = 25_000;

const NOT_FOUND = 404;
const CONFLICT = 409;
const UNAUTHORIZED: readonly number[] = [401, 403];

export type HttpSchemaRegistryOptions = {
  /** One address, or several separated by commas that are tried in turn: `http://registry:8081`. */
  readonly url: string;
  /** For basic authentication. */
  readonly user?: string;
  readonly password?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** What the registry says of a schema. */
type SchemaBody = {
  readonly id?: number;
  readonly subject?: string;
  readonly version?: number;
  readonly schema?: string;
  readonly schemaType?: SchemaKind;
  readonly references?: readonly SchemaReference[];
};

/**
 * A client of the Schema Registry protocol. What has an id never changes and is kept; what is the latest is asked each
 * time. Formats can't wait for promises, so that a thread of its own does the asking while this one stands still: once for
 * each schema, never for each record.
 */
export class HttpSchemaRegistry implements SchemaRegistry, Closeable {
  readonly #urls: readonly string[];
  readonly #headers: Readonly<Record<string, string>>;
  readonly #byId = new Map<number, RegisteredSchema>();
  readonly #ids = new Map<string, number>();
  #thread: { readonly worker: Worker; readonly port: MessagePort; readonly signal: Int32Array } | null = null;

  /** @throws MillraceError `INVALID_CONFIG` for an address that is none */
  constructor({ url, user, password = '', headers = {} }: HttpSchemaRegistryOptions) {
    this.#urls = url.split(',').map((each) => addressOf(each.trim()));
    const basic = user === undefined ? null : Buffer.from(`${user}:${password}`).toString('base64');
    this.#headers = basic === null ? headers : { ...headers, authorization: `Basic ${basic}` };
  }

  register(subject: string, schema: SchemaText): number {
    const key = JSON.stringify([subject, schema]);
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const body = this.#ask('POST', `/subjects/${encodeURIComponent(subject)}/versions`, requestBody(schema));
    const id = (body as SchemaBody).id;
    if (typeof id !== 'number') throw unreadable(`no id for a schema of ${subject}`);
    this.#ids.set(key, id);
    return id;
  }

  schemaById(id: number): RegisteredSchema | undefined {
    const known = this.#byId.get(id);
    if (known !== undefined) return known;
    const body = this.#find(`/schemas/ids/${id}`);
    if (body === undefined) return undefined;
    const schema = { ...schemaOf(body), id };
    this.#byId.set(id, schema);
    return schema;
  }

  latest(subject: string): SubjectVersion | undefined {
    return this.#version(subject, 'latest');
  }

  version(subject: string, version: number): SubjectVersion | undefined {
    return this.#version(subject, version);
  }

  /** The subjects that have schemas. */
  subjects(): readonly string[] {
    return this.#ask('GET', '/subjects', null) as readonly string[];
  }

  /** Whether the registry would take this schema as the next one of the subject. */
  isCompatible(subject: string, schema: SchemaText): boolean {
    const path = `/compatibility/subjects/${encodeURIComponent(subject)}/versions/latest`;
    const { status, body } = this.#send('POST', path, requestBody(schema));
    if (status === NOT_FOUND) return true;
    if (status !== 200) throw refused('POST', path, status, body);
    return (body as { is_compatible?: boolean }).is_compatible === true;
  }

  async close(): Promise<void> {
    const thread = this.#thread;
    this.#thread = null;
    thread?.port.close();
    await thread?.worker.terminate();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #version(subject: string, version: number | 'latest'): SubjectVersion | undefined {
    const body = this.#find(`/subjects/${encodeURIComponent(subject)}/versions/${version}`);
    if (body === undefined) return undefined;
    if (typeof body.id !== 'number' || typeof body.version !== 'number') throw unreadable(`no version of ${subject}`);
    return { ...schemaOf(body), id: body.id, subject, version: body.version };
  }

  #find(path: string): SchemaBody | undefined {
    const { status, body } = this.#send('GET', path, null);
    if (status === NOT_FOUND) return undefined;
    if (status !== 200) throw refused('GET', path, status, body);
    return body as SchemaBody;
  }

  #ask(method: RegistryRequest['method'], path: string, content: object | null): unknown {
    const { status, body } = this.#send(method, path, content);
    if (status !== 200) throw refused(method, path, status, body);
    return body;
  }

  /** @throws MillraceError `REGISTRY_UNAVAILABLE` (retriable) */
  #send(method: RegistryRequest['method'], path: string, body: object | null) {
    const { port, signal } = this.#started();
    const request: RegistryRequest = {
      ...{ urls: this.#urls, method, path, body, headers: this.#headers },
      attemptTimeoutMs: ATTEMPT_TIMEOUT_MS,
    };
    Atomics.store(signal, 0, 0);
    port.postMessage(request);
    Atomics.wait(signal, 0, 0, ANSWER_TIMEOUT_MS);
    const answer = receiveMessageOnPort(port)?.message as RegistryAnswer | undefined;
    if (answer?.kind === 'answered') return answer;
    if (answer === undefined) void this.close();
    const reason = answer?.message ?? `no answer within ${ANSWER_TIMEOUT_MS} ms`;
    throw new MillraceError('REGISTRY_UNAVAILABLE', `The schema registry can't be reached: ${reason}`, {
      retriable: true,
    });
  }

  #started() {
    if (this.#thread === null) {
      const { port1: port, port2 } = new MessageChannel();
      const signal = new Int32Array(new SharedArrayBuffer(4));
      const worker = new Worker(workerModule(), {
        workerData: { port: port2, signal },
        transferList: [port2],
        name: 'millrace-schema-registry',
      });
      worker.unref();
      port.unref();
      this.#thread = { worker, port, signal };
    }
    return this.#thread;
  }
}

/** The file beside this one, with the ending that this one has: as source, and packed. */
function workerModule(): URL {
  const ending = import.meta.url.slice(import.meta.url.lastIndexOf('.'));
  return new URL(`./registry-worker${ending}`, import.meta.url);
}

function addressOf(url: string): string {
  if (!/^https?:\/\/[^/]+/.test(url)) {
    throw new MillraceError('INVALID_CONFIG', `${url} is no address of a schema registry: give http://HOST:PORT`);
  }
  return url.replace(/\/+$/, '');
}

function requestBody({ kind, text, references }: SchemaText): object {
  // Old registries know Avro alone and refuse what they don't know.
  return {
    schema: text,
    ...(kind === 'AVRO' ? {} : { schemaType: kind }),
    ...(references.length === 0 ? {} : { references }),
  };
}

function schemaOf({ schema, schemaType = 'AVRO', references = [] }: SchemaBody): SchemaText {
  if (typeof schema !== 'string') throw unreadable('a schema without text');
  return { kind: schemaType, text: schema, references };
}

function unreadable(what: string): MillraceError {
  return new MillraceError('REGISTRY_UNREADABLE', `The schema registry gave an answer that can't be read: ${what}`);
}

function refused(method: string, path: string, status: number, body: unknown): MillraceError {
  const { message = 'no reason given', error_code: code = status } = (body ?? {}) as {
    message?: string;
    error_code?: number;
  };
  const said = `The schema registry refused ${method} ${path}: ${message}; error code: ${code}`;
  if (UNAUTHORIZED.includes(status)) return new MillraceError('REGISTRY_UNAUTHORIZED', said);
  return new MillraceError(status === CONFLICT ? 'INCOMPATIBLE_SCHEMA' : 'REGISTRY_REFUSED', said, {
    retriable: status >= 500,
  });
}
