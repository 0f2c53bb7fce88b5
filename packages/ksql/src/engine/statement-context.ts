import type { StatementContext } from '../steps/plan-statement.ts';
import type { EngineParts } from './engine-parts.ts';
import type { Session } from './request.ts';
import type { TopicShape } from './topics.ts';

type Options = {
  /** The topics of the statement's sources, where partitions count. */
  readonly topics?: ReadonlyMap<string, TopicShape>;
  /** What the id of a query that the statement starts ends with. */
  readonly queryNumber?: number;
};

/** What planning a statement may look at, as of now. */
export function statementContext(
  { overrides }: Session,
  { config, functions, registry, state }: EngineParts,
  { topics, queryNumber = 0 }: Options = {},
): StatementContext {
  const { catalog } = state();
  const partitionsOf = (topic: string): number | undefined => topics?.get(topic)?.partitions;
  return { catalog, functions, config: { ...config, ...overrides }, partitionsOf, registry, queryNumber };
}
