import type { FormatInfo, TimestampColumn, WindowInfo } from '../catalog/data-source.ts';
import type { SerdeFeature } from '../formats/format.ts';
import type { JoinKind } from '../syntax/ast.ts';

/**
 * The physical plan: plain JSON that is written to the command log, compared when a query is replaced, and compiled when
 * it starts. It outlives versions of Millrace, so each kind has a version and old versions stay readable. Expressions
 * and schemas stand as SQL text. `context` names the step; topics and stores are named after contexts, so that a
 * step's state is found again as long as its context stays.
 */

/** How a step writes records: to a topic, a repartition topic or a changelog. */
export type StepFormats = {
  readonly key: FormatInfo & { readonly features: readonly SerdeFeature[] };
  readonly value: FormatInfo & { readonly features: readonly SerdeFeature[] };
};

type Common = {
  readonly version: 1;
  readonly context: string;
  /** What comes out, as ksqlDB prints schemas. */
  readonly schema: string;
};

/** `NAME := expression`, both as SQL. */
export type StepSelect = { readonly name: string; readonly expression: string };

export type SourceStep = Common & {
  readonly kind: 'stream-source' | 'table-source';
  readonly topic: string;
  readonly formats: StepFormats;
  readonly window: WindowInfo | null;
  readonly timestamp: TimestampColumn | null;
  /** The declared columns; `schema` adds key and system columns to the value. */
  readonly sourceSchema: string;
};

export type FilterStep = Common & {
  readonly kind: 'stream-filter' | 'table-filter';
  readonly input: Step;
  readonly predicate: string;
  readonly clause: 'WHERE' | 'HAVING';
};

export type SelectStep = Common & {
  readonly kind: 'stream-select' | 'table-select';
  readonly input: Step;
  readonly select: readonly StepSelect[];
  /** Positions of the key columns that stay, where they aren't all in their order. */
  readonly keys?: readonly number[];
};

export type SelectKeyStep = Common & {
  readonly kind: 'stream-select-key' | 'table-select-key';
  readonly input: Step;
  /** None: the key is dropped. */
  readonly expressions: readonly string[];
  /** Of the repartition topic, where one follows; null for PARTITION BY, which is followed by a sink. */
  readonly formats: StepFormats | null;
};

export type FlatMapStep = Common & {
  readonly kind: 'stream-flat-map';
  readonly input: Step;
  readonly calls: readonly StepSelect[];
};

export type GroupByStep = Common & {
  /** `by-key` keeps the key, and needs no topic between. */
  readonly kind: 'stream-group-by' | 'stream-group-by-key' | 'table-group-by';
  readonly input: Step;
  readonly expressions: readonly string[];
  readonly formats: StepFormats;
};

/** Windows of an aggregation, in milliseconds; a null grace is the default of 24 hours less the window. */
export type StepWindow =
  | { readonly type: 'TUMBLING' | 'HOPPING'; readonly sizeMs: number; readonly advanceMs: number }
  | { readonly type: 'SESSION'; readonly gapMs: number };
export type StepWindowLimits = { readonly graceMs: number | null; readonly retentionMs: number | null };

export type AggregateStep = Common & {
  readonly kind: 'stream-aggregate' | 'stream-windowed-aggregate' | 'table-aggregate';
  readonly input: GroupByStep;
  /** Columns that are kept from the latest row of a group. */
  readonly kept: readonly string[];
  /** Those of them that stand in the group's key, by their place there, and not in the store; first plans had none. */
  readonly keptInKey?: Readonly<Record<string, number>>;
  readonly calls: readonly string[];
  readonly formats: StepFormats;
  readonly window: (StepWindow & StepWindowLimits) | null;
  readonly emitFinal: boolean;
};

export type StreamStreamJoinStep = Common & {
  readonly kind: 'stream-stream-join';
  readonly join: JoinKind;
  readonly left: Step;
  readonly right: Step;
  readonly keyName: string;
  readonly beforeMs: number;
  readonly afterMs: number;
  readonly graceMs: number | null;
  readonly leftFormats: StepFormats;
  readonly rightFormats: StepFormats;
};

export type StreamTableJoinStep = Common & {
  readonly kind: 'stream-table-join';
  readonly join: JoinKind;
  readonly left: Step;
  readonly right: Step;
  readonly keyName: string;
  readonly formats: StepFormats;
};

export type TableTableJoinStep = Common & {
  readonly kind: 'table-table-join';
  readonly join: JoinKind;
  readonly left: Step;
  readonly right: Step;
  readonly keyName: string;
};

export type ForeignKeyJoinStep = Common & {
  readonly kind: 'foreign-key-join';
  readonly join: JoinKind;
  readonly left: Step;
  readonly right: Step;
  readonly foreignKey: string;
  readonly formats: StepFormats;
};

export type SinkStep = Common & {
  readonly kind: 'stream-sink' | 'table-sink';
  readonly input: Step;
  readonly topic: string;
  readonly formats: StepFormats;
  readonly window: WindowInfo | null;
  readonly timestamp: TimestampColumn | null;
};

export type Step =
  | SourceStep
  | FilterStep
  | SelectStep
  | SelectKeyStep
  | FlatMapStep
  | GroupByStep
  | AggregateStep
  | StreamStreamJoinStep
  | StreamTableJoinStep
  | TableTableJoinStep
  | ForeignKeyJoinStep
  | SinkStep;

/** The steps that feed this one. */
export function stepInputs(step: Step): readonly Step[] {
  switch (step.kind) {
    case 'stream-source':
    case 'table-source':
      return [];
    case 'stream-stream-join':
    case 'stream-table-join':
    case 'table-table-join':
    case 'foreign-key-join':
      return [step.left, step.right];
    default:
      return [step.input];
  }
}
