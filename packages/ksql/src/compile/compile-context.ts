import type { CustomTypes } from '../analysis/expression-type-node.ts';
import type { TypedExpression } from '../analysis/expression-type-tree.ts';
import type { SchemaRegistry } from '../formats/schema-registry/schema-registry.ts';
import type { FunctionContext } from '../functions/function.ts';
import type { FunctionRegistry } from '../functions/registry.ts';
import type { KsqlConfig } from '../lib/ksql-config.ts';
import { causesOf, type ProcessingLog } from '../processing-log/messages.ts';
import type { StepFormats } from '../steps/steps.ts';
import type { Expression } from '../syntax/ast.ts';
import { parseExpression } from '../syntax/parse.ts';
import { type LogicalSchema, SchemaBuilder } from '../types/schema.ts';
import { ColumnUse } from './column-use.ts';
import {
  type CompiledPredicate,
  type CompiledProjection,
  compilePredicate,
  compileProjection,
  compileTyped,
  type OnFailure,
} from './expressions/compile-expression.ts';
import type { SerdeOptions } from './row-serdes.ts';
import { SharedSources } from './shared-sources.ts';

export type CompileOptions = {
  readonly queryId: string;
  readonly functions: FunctionRegistry;
  readonly config: KsqlConfig;
  readonly processingLog: ProcessingLog;
  readonly functionContext: FunctionContext;
  /** Where formats find and leave schemas; without one, those that need it are refused. */
  readonly registry?: SchemaRegistry | undefined;
  /** What the other queries of the engine read; without them the query reads for itself. */
  readonly sources?: SharedSources | undefined;
};

const NO_CUSTOM_TYPES: CustomTypes = new Map();
const EMPTY_SCHEMA = new SchemaBuilder().build();

/** What compiling one query shares: how expressions become functions, and where their failures go. */
export class CompileContext {
  readonly options: CompileOptions;
  readonly sources: SharedSources;
  readonly #waiting: (() => void)[] = [];
  readonly #usesOfTopic = new Map<string, ColumnUse[]>();

  constructor(options: CompileOptions) {
    this.options = options;
    this.sources = options.sources ?? new SharedSources();
  }

  /** Runs `then` when all steps are compiled, and after those of the steps behind: the last step is the first. */
  whenComplete(then: () => void): void {
    this.#waiting.push(then);
  }

  complete(): void {
    for (const then of this.#waiting.splice(0).reverse()) then();
  }

  /** What is read of a source's rows. Sources of one topic read it together, so each must find everything there. */
  useOfSource(topic: string): ColumnUse {
    const uses = this.#usesOfTopic.get(topic) ?? [];
    this.#usesOfTopic.set(topic, uses);
    uses.push(new ColumnUse());
    if (uses.length > 1) for (const use of uses) use.needAll();
    return uses.at(-1)!;
  }

  /** Whether nobody but one source sees the rows of a topic; known once all steps are compiled. */
  isReadOnce(topic: string): boolean {
    return this.#usesOfTopic.get(topic)?.length === 1;
  }

  projection(expressions: readonly (string | Expression)[], schema: LogicalSchema): CompiledProjection {
    return compileProjection(expressions.map(parsed), this.#scope(schema));
  }

  /** Expressions that are typed already, such as the arguments of a call; `texts` are for reports of failures. */
  typedProjection(texts: readonly Expression[], typed: readonly TypedExpression[]): CompiledProjection {
    return compileTyped(texts, typed, this.#scope(EMPTY_SCHEMA));
  }

  predicate(expression: string, clause: string, schema: LogicalSchema): CompiledPredicate {
    return compilePredicate(parsed(expression), clause, this.#scope(schema));
  }

  /** Reports what failed under the name of a step. */
  failuresOf(stepContext: string): OnFailure {
    const { processingLog } = this.options;
    const logger = this.logger(stepContext);
    return ({ expression, error }) =>
      processingLog.report({
        kind: 'record-processing-error',
        logger,
        message: `Error computing expression ${expression}: ${causesOf(error)[0]}`,
        cause: causesOf(error),
      });
  }

  /** How records are written and read at a step. */
  serdeOptions(formats: StepFormats, stepContext: string): SerdeOptions {
    const { processingLog, registry } = this.options;
    return { formats, logger: this.logger(stepContext), processingLog, registry };
  }

  logger(stepContext: string): string {
    return `processing.${this.options.queryId}.${stepContext.replaceAll('-', '.')}`;
  }

  /** Plans hold no custom types: they were written out when the statement was analysed. */
  #scope(schema: LogicalSchema) {
    const { functions, functionContext } = this.options;
    return { schema, functions, customTypes: NO_CUSTOM_TYPES, context: functionContext };
  }
}

function parsed(expression: string | Expression): Expression {
  return typeof expression === 'string' ? parseExpression(expression) : expression;
}
