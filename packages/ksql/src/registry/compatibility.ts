import { unreachable } from '@millrace/base';
import { avroProblems } from './avro-compatibility.ts';
import { jsonProblems } from './json-compatibility.ts';
import { protobufProblems } from './protobuf-compatibility.ts';
import type { ResolvedSchema } from './resolved-schema.ts';

/** What a new schema of a subject must have in common with the old ones. */
export type CompatibilityLevel =
  | ('NONE' | 'BACKWARD' | 'BACKWARD_TRANSITIVE' | 'FORWARD')
  | ('FORWARD_TRANSITIVE' | 'FULL' | 'FULL_TRANSITIVE');

export const COMPATIBILITY_LEVELS: readonly CompatibilityLevel[] = [
  ...(['NONE', 'BACKWARD', 'BACKWARD_TRANSITIVE', 'FORWARD'] as const),
  ...(['FORWARD_TRANSITIVE', 'FULL', 'FULL_TRANSITIVE'] as const),
];

/**
 * What stands against a schema as the next one after `before`, oldest first. BACKWARD: readers with the new schema read
 * records of the old; FORWARD: readers with the old one read new records; TRANSITIVE: of all before, not the last alone.
 */
export function compatibilityProblems(
  next: ResolvedSchema,
  before: readonly ResolvedSchema[],
  level: CompatibilityLevel,
): readonly string[] {
  if (level === 'NONE') return [];
  const others = level.endsWith('_TRANSITIVE') ? before : before.slice(-1);
  const checksBackward = !level.startsWith('FORWARD');
  const checksForward = !level.startsWith('BACKWARD');
  return others.flatMap((other) => [
    ...(checksBackward ? problemsOfReading(next, other) : []),
    ...(checksForward ? problemsOfReading(other, next) : []),
  ]);
}

/** Why a reader of one schema can't read records of another. */
function problemsOfReading(reader: ResolvedSchema, writer: ResolvedSchema): readonly string[] {
  if (reader.kind !== writer.kind) return [`a schema of type ${reader.kind} can't read one of type ${writer.kind}`];
  switch (reader.kind) {
    case 'AVRO':
      return avroProblems(reader, writer);
    case 'PROTOBUF':
      return protobufProblems(reader, writer);
    case 'JSON':
      return jsonProblems(reader, writer);
    default:
      return unreachable(reader.kind);
  }
}
