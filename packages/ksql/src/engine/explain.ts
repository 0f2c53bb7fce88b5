import { KsqlException } from '../lib/ksql-exception.ts';
import { isPlannable, planStatement, planTransientQuery } from '../steps/plan-statement.ts';
import { schemaOfText } from '../steps/schema-text.ts';
import { type Step, stepInputs } from '../steps/steps.ts';
import type { Explain, Statement } from '../syntax/ast.ts';
import { compileQuery } from './compile-query.ts';
import { fieldInfos } from './describe.ts';
import type { EngineParts } from './engine-parts.ts';
import type { PreparedStatement, Session } from './request.ts';
import type { QueryDescription, QueryDescriptions } from './results.ts';
import { statementContext } from './statement-context.ts';
import { sourceTopics } from './statement-topics.ts';

/** A query that runs, or one that a statement would start. */
type Explained = {
  readonly id: string;
  readonly sources: readonly string[];
  readonly sink: string | null;
  readonly step: Step;
};

/** EXPLAIN: the plan and the topology of a statement or of a query that runs; nothing is changed. */
export async function explain(
  { text, statement }: PreparedStatement<Explain>,
  session: Session,
  engine: EngineParts,
): Promise<QueryDescription> {
  const { subject } = statement;
  const { id, sources, sink, step } =
    subject.kind === 'query-id'
      ? runningQuery(subject.id, engine)
      : await planned(subject.statement, text, session, engine);
  const config = { ...engine.config, ...session.overrides };
  const { topology } = compileQuery({ ...engine, queryId: id, config, steps: step });
  return {
    kind: 'queryDescription',
    statementText: text,
    id: subject.kind === 'query-id' ? id : '',
    sources,
    sinks: sink === null ? [] : [sink],
    fields: fieldInfos(schemaOfText(step.schema)),
    executionPlan: printSteps(step),
    topology: topology.describe(),
    state: subject.kind === 'query-id' ? engine.running.state(id) : null,
    errors: subject.kind === 'query-id' ? engine.running.errors(id) : [],
    queryType: sink === null ? 'PUSH' : 'PERSISTENT',
  };
}

/** SHOW QUERIES EXTENDED: all queries that the command topic keeps. */
export async function explainAll(
  statementText: string,
  session: Session,
  engine: EngineParts,
): Promise<QueryDescriptions> {
  const ids = [...engine.state().queries.keys()];
  const location = null;
  const queries = ids.map((id) => {
    const statement: Explain = { kind: 'explain', subject: { kind: 'query-id', id }, location };
    return explain({ text: statementText, statement }, session, engine);
  });
  return { kind: 'query_descriptions', statementText, queries: await Promise.all(queries) };
}

function runningQuery(id: string, engine: EngineParts): Explained {
  const query = engine.state().queries.get(id);
  if (query === undefined) {
    throw new KsqlException(`Query with id:${id} does not exist, use SHOW QUERIES to view the full set of queries.`);
  }
  return query.plan;
}

async function planned(statement: Statement, text: string, session: Session, engine: EngineParts): Promise<Explained> {
  const topics = await sourceTopics(statement, engine.state().catalog, engine.topics, session);
  const context = statementContext(session, engine, { topics });
  if (statement.kind === 'query') {
    const names = [statement.from.first, ...statement.from.joins.map(({ right }) => right)];
    const sources = names.map(({ source }) => source);
    return { id: 'EXPLAINED', sources, sink: null, step: planTransientQuery(statement, text, context).step };
  }
  const query = isPlannable(statement) ? planStatement(statement, text, context).query : null;
  if (query === null) throw new KsqlException('The provided statement does not run a ksql query');
  return query;
}

/** One line a step, the last step first, each indented below what it feeds. */
function printSteps(step: Step, depth = 0): string {
  const line = `${'  '.repeat(depth)} > [ ${step.kind.toUpperCase()} ] | Schema: ${step.schema} | Context: ${step.context}`;
  return [line, ...stepInputs(step).map((input) => printSteps(input, depth + 1))].join('\n');
}
