import { KSQL_JSON } from '../../server/row-output.ts';
import { type CaseJson, parseCaseJson } from '../query-cases/case-json.ts';

/** How long an answer may take to its last row. */
const ANSWER_TIMEOUT_MS = 10_000;

export type Answer = { readonly status: number; readonly body: CaseJson };

type Question = {
  readonly url: string;
  readonly path: string;
  readonly body: object;
  /** What the answer is to be. */
  readonly accept?: string;
  /** Called when the answer has begun and says that all is well. */
  readonly onBegin?: () => Promise<void>;
};

/** Posts JSON, reads the whole answer, numbers as they are spelled. @throws when it takes too long, or is no JSON */
export async function ask({ url, path, body, accept = KSQL_JSON, onBegin }: Question): Promise<Answer> {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': KSQL_JSON, accept },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
  });
  if (response.ok) await onBegin?.();
  let text = '';
  try {
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) text += chunk;
  } catch (cause) {
    throw new Error(`the answer did not end; so far: ${text}`, { cause });
  }
  return { status: response.status, body: parseCaseJson(text) };
}
