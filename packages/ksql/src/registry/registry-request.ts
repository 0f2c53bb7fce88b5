/** One request to a schema registry, as it is handed to the thread that sends it. */
export type RegistryRequest = {
  /** Tried in turn. */
  readonly urls: readonly string[];
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body: object | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly attemptTimeoutMs: number;
};

/** `failed`: no registry answered, after all attempts. */
export type RegistryAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'failed'; readonly message: string };

const ATTEMPTS_MAX = 4;
const FIRST_PAUSE_MS = 100;
const MEDIA_TYPE = 'application/vnd.schemaregistry.v1+json';

/** What is worth another attempt: the registry or something before it is out of order, or changing its leader. */
const isTransient = (status: number): boolean => status === 429 || status >= 500;

/** Sends a request; tries again a bounded number of times, longer apart each time, at the next of several registries. */
export async function sendRequest(request: RegistryRequest): Promise<RegistryAnswer> {
  const { urls, path, attemptTimeoutMs } = request;
  let last: RegistryAnswer = { kind: 'failed', message: 'no registry is named' };
  for (let attempt = 0; attempt < ATTEMPTS_MAX && urls.length > 0; attempt++) {
    if (attempt > 0) await new Promise((resolve) => setTimeout(resolve, FIRST_PAUSE_MS * 2 ** (attempt - 1)));
    const url = urls[attempt % urls.length]!;
    try {
      const response = await fetch(`${url}${path}`, {
        method: request.method,
        headers: { ...request.headers, accept: `${MEDIA_TYPE}, application/json`, 'content-type': MEDIA_TYPE },
        body: request.body === null ? null : JSON.stringify(request.body),
        signal: AbortSignal.timeout(attemptTimeoutMs),
      });
      const text = await response.text();
      last = { kind: 'answered', status: response.status, body: bodyOf(text) };
      if (!isTransient(response.status)) return last;
    } catch (thrown) {
      const cause = thrown instanceof Error && thrown.cause instanceof Error ? `: ${thrown.cause.message}` : '';
      last = { kind: 'failed', message: `${url}: ${thrown instanceof Error ? thrown.message : thrown}${cause}` };
    }
  }
  return last;
}

function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Something between us and the registry has answered in words.
    return { message: text.slice(0, 200) };
  }
}
