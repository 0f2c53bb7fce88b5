import { systemRandom } from '@millrace/base';
import { insertedRow } from '../compile/insert-row.ts';
import { OverlaySchemaRegistry } from '../formats/schema-registry/overlay-schema-registry.ts';
import type { SchemaRegistry } from '../formats/schema-registry/schema-registry.ts';
import { planStatement } from '../steps/plan-statement.ts';
import type { Statement } from '../syntax/ast.ts';
import type { ParsedStatement } from '../syntax/parse.ts';
import { isLogged, type LoggedStatement } from './command-id.ts';
import { functionContext } from './compile-query.ts';
import type { EngineParts } from './engine-parts.ts';
import { applyCommand, type EngineState } from './engine-state.ts';
import { actionOf, refuseTooManyQueries, registerForSource } from './logged-statement.ts';
import { type PreparedStatement, type RequestOptions, Session } from './request.ts';
import { rowsElsewhere } from './run-query.ts';
import { changeSession } from './session-statements.ts';
import { statementFailed } from './statement-failed.ts';
import { sourceTopics } from './statement-topics.ts';

/**
 * Tries the statements of a text before the first of them is run, each knowing what those before it will do. What is
 * wrong with any of them is found here, and nothing was done then.
 * @throws StatementFailedException
 */
export async function validateStatements(
  statements: readonly ParsedStatement[],
  request: RequestOptions,
  engine: EngineParts,
): Promise<void> {
  const trial = new Trial(engine, new Session(request, engine.config));
  for (const parsed of statements) {
    try {
      await trial.run(parsed);
    } catch (thrown) {
      throw statementFailed(thrown, parsed.text, []);
    }
  }
}

/** An engine as it will be, as far as statements see it. */
class Trial {
  readonly #engine: EngineParts;
  readonly #session: Session;
  readonly #registry: SchemaRegistry | undefined;
  readonly #partitions = new Map<string, number>();
  #state: EngineState;
  #position: number;

  constructor(engine: EngineParts, session: Session) {
    this.#engine = engine;
    this.#session = session;
    this.#registry = engine.registry === undefined ? undefined : new OverlaySchemaRegistry(engine.registry);
    this.#state = engine.state();
    this.#position = engine.log.position;
  }

  async run(parsed: ParsedStatement): Promise<void> {
    const { text, statement } = this.#session.prepare(parsed);
    if (changeSession(statement, this.#session)) return;
    if (isLogged(statement)) return this.#plan({ text, statement });
    this.#check(statement);
  }

  async #plan({ text, statement }: PreparedStatement<LoggedStatement>): Promise<void> {
    const { functions, topics, config } = this.#engine;
    const { overrides, signal } = this.#session;
    if (statement.kind === 'query-control' && this.#endsPushQuery(statement.queryId)) return;
    const known = await sourceTopics(statement, this.#state.catalog, topics, { signal });
    const plan =
      statement.kind === 'query-control'
        ? null
        : planStatement(statement, text, {
            catalog: this.#state.catalog,
            functions,
            config: { ...config, ...overrides },
            partitionsOf: (topic) => known.get(topic)?.partitions ?? this.#partitions.get(topic),
            registry: this.#registry,
            queryNumber: this.#position,
          });
    const partitions = plan?.topic?.partitions ?? [...known.values()][0]?.partitions;
    if (plan?.topic != null && partitions !== undefined) this.#partitions.set(plan.topic.topic, partitions);
    const tried = applyCommand(this.#state, { action: actionOf(statement, plan), statement: text, config, overrides });
    refuseTooManyQueries({ before: this.#state, after: tried.state }, text, config);
    this.#state = tried.state;
    if (!tried.changed) return;
    this.#position++;
    if (plan !== null) registerForSource(plan, statement, this.#registry);
  }

  #endsPushQuery(queryId: string | null): boolean {
    return queryId !== null && this.#engine.transient.find(queryId) !== undefined;
  }

  #check(statement: Exclude<Statement, LoggedStatement>): void {
    switch (statement.kind) {
      case 'insert-values': {
        const { functions, clock, config } = this.#engine;
        const functionsSee = functionContext({ clock, random: systemRandom, config });
        insertedRow(statement, { catalog: this.#state.catalog, functions, functionContext: functionsSee });
        return;
      }
      case 'query':
      case 'print-topic':
        throw rowsElsewhere();
      default:
      // The others change nothing that a later one could see, and say themselves what is wrong with them.
    }
  }
}
