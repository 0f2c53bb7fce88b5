import type { Clock } from '@millrace/base';
import { durationMs } from '../analysis/duration.ts';
import type { SchemaRegistry } from '../formats/schema-registry/schema-registry.ts';
import { KsqlException } from '../lib/ksql-exception.ts';
import type { AssertSchema, AssertTopic } from '../syntax/ast.ts';
import type { EngineParts } from './engine-parts.ts';
import type { PreparedStatement, Session } from './request.ts';
import type { AssertedSchema, AssertedTopic } from './results.ts';
import type { TopicShape } from './topics.ts';
import { aborted } from './wait.ts';

const TIMEOUT_DEFAULT_MS = 1_000;
const POLL_MS = 50;

/** ASSERT TOPIC: waits until a topic is there, or is not, in the shape that is asked for. @throws KsqlException */
export async function assertTopic(
  { text, statement }: PreparedStatement<AssertTopic>,
  { signal }: Session,
  { topics, clock }: EngineParts,
): Promise<AssertedTopic> {
  const { topic, exists, timeout } = statement;
  const wanted = wantedShape(statement);
  await untilHolds({ clock, signal, timeoutMs: timeout === null ? null : durationMs(timeout) }, async () => {
    const shape = await topics.describe(topic, { signal });
    if (!exists) return shape === null ? null : `Topic ${topic} exists`;
    if (shape === null) return `Topic ${topic} does not exist`;
    return shapeProblem(topic, wanted, shape);
  });
  return { kind: 'assert_topic', statementText: text, topicName: topic, exists };
}

function wantedShape({ properties }: AssertTopic): ReadonlyMap<string, number> {
  return new Map(
    properties.map(({ name, value }) => {
      const key = name.toLowerCase();
      if (key !== 'partitions' && key !== 'replicas') {
        throw new KsqlException(`Cannot assert unknown topic property: ${name}`);
      }
      return [key, value.kind === 'integer' ? value.value : Number.NaN];
    }),
  );
}

function shapeProblem(topic: string, wanted: ReadonlyMap<string, number>, shape: TopicShape): string | null {
  for (const [name, expected] of wanted) {
    const actual = name === 'partitions' ? shape.partitions : shape.replicas;
    if (actual === expected) continue;
    return `Mismatched configuration for topic ${topic}: For config ${name}, expected ${expected} got ${actual}`;
  }
  return null;
}

/** ASSERT SCHEMA: waits until a schema is registered under a subject, an id, or both. @throws KsqlException */
export async function assertSchema(
  { text, statement }: PreparedStatement<AssertSchema>,
  { signal }: Session,
  { registry, clock }: EngineParts,
): Promise<AssertedSchema> {
  const { subject, id, exists, timeout } = statement;
  if (registry === undefined) {
    throw new KsqlException('ASSERT SCHEMA needs a schema registry, and none is configured.');
  }
  const named = `Schema${subject === null ? '' : ` with subject name ${subject}`}${id === null ? '' : ` id ${id}`}`;
  await untilHolds({ clock, signal, timeoutMs: timeout === null ? null : durationMs(timeout) }, async () => {
    if (isRegistered(registry, subject, id) === exists) return null;
    return `${named} ${exists ? 'does not exist' : 'exists'}`;
  });
  return { kind: 'assert_schema', statementText: text, subject, id, exists };
}

function isRegistered(registry: SchemaRegistry, subject: string | null, id: number | null): boolean {
  if (id !== null && registry.schemaById(id) === undefined) return false;
  if (subject === null) return true;
  const latest = registry.latest(subject);
  if (latest === undefined) return false;
  for (let version = latest.version; id !== null && version > 0; version--) {
    if (registry.version(subject, version)?.id === id) return true;
  }
  return id === null;
}

type Waiting = {
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number | null;
};

/** Asks until there is no problem, or the time is over: then the last one is told. */
async function untilHolds({ clock, signal, timeoutMs }: Waiting, ask: () => Promise<string | null>): Promise<void> {
  const deadlineMs = clock.monotonicMs() + (timeoutMs ?? TIMEOUT_DEFAULT_MS);
  for (;;) {
    const problem = await ask();
    if (problem === null) return;
    if (signal?.aborted) throw aborted('The assertion', signal.reason);
    if (clock.monotonicMs() >= deadlineMs) throw new KsqlException(problem);
    await new Promise<void>((resolve) => void clock.setTimer(POLL_MS, resolve));
  }
}
