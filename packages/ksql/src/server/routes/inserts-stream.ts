import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { describeError, MillraceError } from '@millrace/base';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { RowInserter } from '../../engine/insert-rows.ts';
import { abortOnClose } from '../abort-on-close.ts';
import { badRequest, errorBodyOf, genericError } from '../rest-error.ts';
import { DELIMITED } from '../row-output.ts';
import type { ServerContext } from '../server-context.ts';

/** Of one line: a row, or what the rows are for. */
const LINE_LENGTH_MAX = 4 * 1024 * 1024;

/** Rows that are on their way to the brokers; then no more lines are read. */
const ROWS_WAITING_MAX = 1_000;

/**
 * `POST /inserts-stream`: the first line says where to (`{"target":"S"}`), each other one is a row; as they come, each is
 * answered by a line with its number. A row that can't be taken does not end the others.
 */
export function insertsStreamRoute(server: FastifyInstance, context: ServerContext): void {
  void server.register(async (scope) => {
    // The body is not read at once: rows are written while others are still on their way.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, body, done) => done(null, body));
    scope.post<{ Body: Readable }>('/inserts-stream', { bodyLimit: Number.MAX_SAFE_INTEGER }, (request, reply) =>
      takeRows(request.body, reply, context),
    );
  });
}

async function takeRows(body: Readable, reply: FastifyReply, { engine }: ServerContext): Promise<FastifyReply> {
  const lines = createInterface({ input: body, crlfDelay: Number.POSITIVE_INFINITY })[Symbol.asyncIterator]();
  const first = await lines.next();
  if (first.done === true) throw badRequest('The first line must say where the rows go, as {"target":"NAME"}');
  const inserter = openTarget(first.value, (target) => engine.inserter(target, { signal: abortOnClose(reply) }));
  const answers = Readable.from(acknowledged(lines, inserter), { objectMode: false, encoding: 'utf8' });
  return reply.code(200).type(DELIMITED).send(answers);
}

/** @throws RestError for a first line that is none, or a target that takes no rows */
function openTarget(line: string, open: (target: string) => RowInserter): RowInserter {
  let target: unknown;
  try {
    target = (JSON.parse(line) as { target?: unknown }).target;
  } catch (thrown) {
    throw badRequest(`The first line is no JSON: ${describeError(thrown)}`);
  }
  if (typeof target !== 'string') throw badRequest('The first line must name a target, as {"target":"NAME"}');
  try {
    return open(target);
  } catch (thrown) {
    throw thrown instanceof MillraceError && thrown.code !== 'CLOSED' ? badRequest(thrown.message) : thrown;
  }
}

/** Rows are sent on while others wait for the brokers; answers come in the order of the rows. */
async function* acknowledged(lines: AsyncIterator<string>, inserter: RowInserter): AsyncGenerator<string> {
  const waiting: Promise<object>[] = [];
  let seq = 0;
  let next: Promise<IteratorResult<string>> | null = lines.next();
  while (next !== null || waiting.length > 0) {
    const turn = await nextTurn(next, waiting);
    if (turn === 'answer') {
      yield `${JSON.stringify(await waiting.shift())}\n`;
      continue;
    }
    const line: IteratorResult<string> = await next!;
    next = line.done === true ? null : lines.next();
    if (line.done !== true && line.value.trim() !== '') waiting.push(answerTo(line.value, seq++, inserter));
  }
}

/** Whether the oldest row has its answer, or another row is there, whichever comes first. */
async function nextTurn(
  next: Promise<IteratorResult<string>> | null,
  waiting: readonly Promise<object>[],
): Promise<'answer' | 'line'> {
  const [oldest] = waiting;
  if (oldest === undefined) return 'line';
  if (next === null || waiting.length >= ROWS_WAITING_MAX) return 'answer';
  return Promise.race([oldest.then(() => 'answer' as const), next.then(() => 'line' as const)]);
}

async function answerTo(row: string, seq: number, inserter: RowInserter): Promise<object> {
  try {
    if (row.length > LINE_LENGTH_MAX) throw badRequest(`A row is longer than ${LINE_LENGTH_MAX} characters`);
    await inserter.insert(row);
    return { status: 'ok', seq };
  } catch (thrown) {
    const isOfRow = thrown instanceof MillraceError && thrown.retriable === false;
    const { error_code, message } = isOfRow ? genericError(40000, thrown.message) : errorBodyOf(thrown);
    return { status: 'error', seq, error_code, message };
  }
}
