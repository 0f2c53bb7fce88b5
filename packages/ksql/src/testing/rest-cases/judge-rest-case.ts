import { describeError } from '@millrace/base';
import { JsonNumber } from '../../formats/json/exact-json.ts';
import { PROTOBUF } from '../../server/row-output.ts';
import { type CaseJson, isObject, writeCaseJson } from '../query-cases/case-json.ts';
import { checkOutcome } from '../query-cases/check-outcome.ts';
import type { Verdict } from '../query-cases/judge.ts';
import { type PlannedCase, planCase } from '../query-cases/run-case.ts';
import { type Answer, ask } from './ask.ts';
import { responseProblem } from './match-response.ts';
import type { ExpectedError, RestCase } from './rest-case.ts';
import { type RestEnvironment, RestSession } from './rest-session.ts';

/** Of topics that say nothing else, as in the other suites. */
const PARTITIONS = 4;

/** Runs a case against a server of its own and says whether all is answered as it expects. */
export async function judgeRestCase(each: RestCase, environment: RestEnvironment): Promise<Verdict> {
  if (!each.run.enabled) return { kind: 'skipped' };
  try {
    const planned = planCase({ ...each.run, statements: each.statements }, environment.functions(), PARTITIONS);
    await using session = await RestSession.start(planned, environment);
    const problem = await problemOf(each, planned, session);
    return problem === undefined ? { kind: 'passed' } : { kind: 'failed', reason: problem };
  } catch (thrown) {
    return { kind: 'failed', reason: describeError(thrown) };
  }
}

async function problemOf(each: RestCase, planned: PlannedCase, session: RestSession): Promise<string | undefined> {
  const answers = await answersTo(each, planned, session);
  const failed = answers.find(({ status }) => status !== 200);
  if (each.expectedError !== undefined) {
    if (failed === undefined) return `expected the error ${each.expectedError.message}, but nothing failed`;
    return errorProblem(each.expectedError, failed, each.run.statements.at(-1) ?? '');
  }
  if (failed !== undefined) return `status ${failed.status}: ${writeCaseJson(failed.body)}`;
  return (await outputsProblem(each, planned, session)) ?? responsesProblem(each, answers);
}

/** The answers to the statements and to each query; the first that is an error ends the run. */
async function answersTo(each: RestCase, planned: PlannedCase, session: RestSession): Promise<readonly Answer[]> {
  const { url } = session;
  const streamsProperties = each.run.properties;
  const answers: Answer[] = [];
  if (each.statements.length > 0) {
    const ksql = each.statements.join('\n');
    answers.push(await ask({ url, path: '/ksql', body: { ksql, streamsProperties } }));
    if (answers[0]!.status !== 200) return answers;
  }
  const produce = () => session.produce(each, planned.catalog, planned.registry);
  if (!each.waitsForPushQuery) {
    await produce();
    await session.processed(planned.catalog.queries.size);
  }
  const begins = each.waitsForPushQuery ? { onBegin: produce } : {};
  for (const ksql of each.queries) {
    const answer = await ask({ url, path: '/query', body: { ksql, streamsProperties }, ...begins });
    answers.push(answer);
    if (answer.status !== 200) return answers;
  }
  if (!each.asksForProto) return answers;
  for (const sql of each.queries) {
    const body = { sql, properties: each.run.properties };
    answers.push(await ask({ url, path: '/query-stream', body, accept: PROTOBUF }));
  }
  return answers;
}

async function outputsProblem(
  { run }: RestCase,
  { catalog, registry }: PlannedCase,
  session: RestSession,
): Promise<string | undefined> {
  const counts = new Map<string, number>();
  for (const { topic } of run.outputs) counts.set(topic, (counts.get(topic) ?? 0) + 1);
  const topics = await session.consume(counts);
  const problems = checkOutcome(run, { catalog, registry, topics });
  return problems.length === 0 ? undefined : problems.join('\n');
}

/** One answer for each object of the statements' answer, then one for each query. */
function responsesProblem(
  { responses, statements, queries }: RestCase,
  answers: readonly Answer[],
): string | undefined {
  const [first, ...others] = answers.map(({ body }) => body);
  const entities: readonly CaseJson[] = statements.length > 0 && Array.isArray(first) ? first : [];
  const given = [...entities, ...(statements.length > 0 ? others : first === undefined ? [] : [first, ...others])];
  const asked = [...entities.map((_entity, position) => statements[position] ?? ''), ...queries];
  const problems = responses.flatMap((expected, position) => {
    const actual = given[position];
    if (actual === undefined) return [`response ${position}: there is none`];
    const problem = responseProblem(expected, actual, asked[position] ?? '');
    return problem === undefined ? [] : [`response ${position}: ${problem}`];
  });
  return problems.length === 0 ? undefined : problems.join('\n');
}

const STATEMENT_ERROR = 'KsqlStatementErrorMessage';

function errorProblem(expected: ExpectedError, { status, body }: Answer, lastStatement: string): string | undefined {
  const told = `got ${status} ${writeCaseJson(body)}`;
  if (!isObject(body) || typeof body.message !== 'string' || !(body.error_code instanceof JsonNumber)) {
    return `expected an error, ${told}`;
  }
  if (expected.status !== undefined && expected.status !== status) return `expected status ${expected.status}, ${told}`;
  if (expected.message !== undefined && !body.message.includes(expected.message)) {
    return `expected the message ${JSON.stringify(expected.message)}, ${told}`;
  }
  if (expected.type === STATEMENT_ERROR) {
    const names = typeof body.statementText === 'string' && body.statementText.includes(lastStatement);
    if (body['@type'] !== 'statement_error' || !names) return `expected an error of the statement, ${told}`;
  }
  return undefined;
}
