import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Connector = { readonly config: Readonly<Record<string, string>>; readonly topics: readonly string[] };

const PLUGINS = [
  { class: 'org.example.FileSource', type: 'source', version: '1.2' },
  { class: 'org.example.FileSink', type: 'sink', version: '1.2' },
];

/** As much of Kafka Connect's REST API as statements use, over connectors that do nothing. */
export class ConnectServer implements AsyncDisposable {
  readonly url: string;
  readonly connectors: Map<string, Connector> = new Map();
  /** Answers of 500 that come before the next proper one. */
  failures = 0;
  readonly seen: { readonly method: string; readonly path: string; readonly authorization: string | undefined }[] = [];
  readonly #close: () => void;

  private constructor(url: string, close: () => void) {
    this.url = url;
    this.#close = close;
  }

  static async start(): Promise<ConnectServer> {
    const http = createServer(async (request, response) => {
      const answer = server.#answer(request, await bodyOf(request));
      send(response, answer);
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    const { port } = http.address() as AddressInfo;
    const server = new ConnectServer(`http://127.0.0.1:${port}`, () => http.closeAllConnections());
    return server;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#close();
  }

  #answer({ method = '', url = '', headers }: IncomingMessage, body: unknown): Answer {
    this.seen.push({ method, path: url, authorization: headers.authorization });
    if (this.failures-- > 0) return { status: 500, body: error(500, 'not now') };
    const [, root, name = '', ...rest] = url.split('/').map(decodeURIComponent);
    if (root === 'connector-plugins')
      return name === '' ? { status: 200, body: PLUGINS } : validated(name, body as Config);
    const asked = this.connectors.get(name);
    if (name === '' && method === 'GET') return { status: 200, body: [...this.connectors.keys()] };
    if (name === '') return this.#create(body as { name: string; config: Config });
    if (asked === undefined) return { status: 404, body: error(404, `Connector ${name} not found`) };
    if (method === 'DELETE') return { status: this.connectors.delete(name) ? 204 : 404, body: null };
    if (rest[0] === 'status') return { status: 200, body: statusOf(name, asked) };
    if (rest[0] === 'topics') return { status: 200, body: { [name]: { topics: asked.topics } } };
    return { status: 200, body: infoOf(name, asked) };
  }

  #create({ name, config }: { readonly name: string; readonly config: Config }): Answer {
    if (config['tasks.max'] === '0') return { status: 400, body: error(400, 'no tasks') };
    const connector = { config, topics: (config.topics ?? '').split(',') };
    this.connectors.set(name, connector);
    return { status: 201, body: infoOf(name, connector) };
  }
}

type Config = Readonly<Record<string, string>>;
type Answer = { readonly status: number; readonly body: unknown };

const error = (code: number, message: string) => ({ error_code: code, message });
const typeOf = ({ config }: Connector): string => (config['connector.class']?.endsWith('Sink') ? 'sink' : 'source');

function infoOf(name: string, connector: Connector): object {
  return { name, config: connector.config, tasks: [{ connector: name, task: 0 }], type: typeOf(connector) };
}

function statusOf(name: string, connector: Connector): object {
  const worker = { state: 'RUNNING', worker_id: '127.0.0.1:8083' };
  const task = { id: 0, ...worker, state: connector.config['task.state'] ?? 'RUNNING' };
  return { name, connector: worker, tasks: [task], type: typeOf(connector) };
}

function validated(plugin: string, config: Config): Answer {
  if (!PLUGINS.some((each) => each.class === plugin)) {
    return { status: 500, body: error(500, `Failed to find any class that implements Connector: ${plugin}`) };
  }
  const errors = config.topics === undefined ? ['Missing required configuration "topics"'] : [];
  return {
    status: 200,
    body: { name: plugin, error_count: errors.length, configs: [{ value: { name: 'topics', errors } }] },
  };
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text === '' ? null : JSON.parse(text);
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(body === null ? undefined : JSON.stringify(body));
}
