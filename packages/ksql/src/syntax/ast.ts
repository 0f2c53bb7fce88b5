/**
 * The tree of a SQL text: plain data, a union by `kind`. Names are already folded as ksqlDB folds them (unquoted ones to
 * upper case), so that two spellings of one name are equal strings here.
 */

/** Where a node begins, both counted from 1. Null in nodes that no text stands for (made by a rewrite). */
export type SourceLocation = { readonly line: number; readonly column: number };

type Located = { readonly location: SourceLocation | null };

// ---------------------------------------------------------------------------------------------------- expressions

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';
export type ComparisonOperator = '=' | '<>' | '<' | '<=' | '>' | '>=' | 'IS DISTINCT FROM' | 'IS NOT DISTINCT FROM';

export type NullLiteral = Located & { readonly kind: 'null' };
export type BooleanLiteral = Located & { readonly kind: 'boolean'; readonly value: boolean };
/** A whole number that fits 32 bits. Its sign is part of it: `-5` is one literal. */
export type IntegerLiteral = Located & { readonly kind: 'integer'; readonly value: number };
/** A whole number beyond 32 bits. */
export type LongLiteral = Located & { readonly kind: 'long'; readonly value: bigint };
/** A number with a point and no exponent, as written: `1.50` has scale 2. */
export type DecimalLiteral = Located & { readonly kind: 'decimal'; readonly text: string };
/** A number with an exponent. */
export type DoubleLiteral = Located & { readonly kind: 'double'; readonly value: number };
export type StringLiteral = Located & { readonly kind: 'string'; readonly value: string };
/** `DATE '…'`, `TIME '…'`, `TIMESTAMP '…'`, and any other `NAME '…'`. */
export type TypedLiteral = Located & { readonly kind: 'typed-literal'; readonly type: string; readonly value: string };

export type Literal =
  | NullLiteral
  | BooleanLiteral
  | IntegerLiteral
  | LongLiteral
  | DecimalLiteral
  | DoubleLiteral
  | StringLiteral;

/** A column, or inside a lambda's body one of its parameters (which hide columns of the same name). */
export type ColumnReference = Located & {
  readonly kind: 'column';
  /** The source's name or alias, null where none was written. */
  readonly source: string | null;
  readonly name: string;
};
/** `base->field` */
export type FieldAccess = Located & {
  readonly kind: 'field-access';
  readonly base: Expression;
  readonly field: string;
};
/** `base[index]`, on arrays and maps. */
export type Subscript = Located & {
  readonly kind: 'subscript';
  readonly base: Expression;
  readonly index: Expression;
};
export type FunctionCall = Located & {
  readonly kind: 'function-call';
  readonly name: string;
  readonly args: readonly Expression[];
};
/** `*` as the only argument of a function: `COUNT(*)`. */
export type StarArgument = Located & { readonly kind: 'star-argument' };
/** A unit of time as a function's argument: the `DAYS` of `DATEADD(DAYS, 1, d)`. */
export type IntervalUnitArgument = Located & { readonly kind: 'interval-unit'; readonly unit: TimeUnit };
/** `(x, y) => body`, only as a function's argument. */
export type Lambda = Located & {
  readonly kind: 'lambda';
  readonly parameters: readonly string[];
  readonly body: Expression;
};
export type Arithmetic = Located & {
  readonly kind: 'arithmetic';
  readonly operator: ArithmeticOperator;
  readonly left: Expression;
  readonly right: Expression;
};
/** `+x` and `-x` where x is no literal. */
export type ArithmeticUnary = Located & {
  readonly kind: 'arithmetic-unary';
  readonly sign: '+' | '-';
  readonly operand: Expression;
};
/** `left || right` */
export type Concatenation = Located & {
  readonly kind: 'concatenation';
  readonly left: Expression;
  readonly right: Expression;
};
export type Comparison = Located & {
  readonly kind: 'comparison';
  readonly operator: ComparisonOperator;
  readonly left: Expression;
  readonly right: Expression;
};
export type Logical = Located & {
  readonly kind: 'logical';
  readonly operator: 'AND' | 'OR';
  readonly left: Expression;
  readonly right: Expression;
};
export type Not = Located & { readonly kind: 'not'; readonly operand: Expression };
/** `NOT BETWEEN`, `NOT IN` and `NOT LIKE` are a {@link Not} around these. */
export type Between = Located & {
  readonly kind: 'between';
  readonly operand: Expression;
  readonly low: Expression;
  readonly high: Expression;
};
export type In = Located & {
  readonly kind: 'in';
  readonly operand: Expression;
  readonly candidates: readonly Expression[];
};
export type Like = Located & {
  readonly kind: 'like';
  readonly operand: Expression;
  readonly pattern: Expression;
  /** The one escape character, null where none was given. */
  readonly escape: string | null;
};
export type IsNull = Located & { readonly kind: 'is-null'; readonly operand: Expression; readonly negated: boolean };
export type WhenClause = Located & { readonly condition: Expression; readonly result: Expression };
/** `CASE WHEN condition THEN …` */
export type SearchedCase = Located & {
  readonly kind: 'searched-case';
  readonly whens: readonly WhenClause[];
  readonly otherwise: Expression | null;
};
/** `CASE operand WHEN value THEN …` */
export type SimpleCase = Located & {
  readonly kind: 'simple-case';
  readonly operand: Expression;
  readonly whens: readonly WhenClause[];
  readonly otherwise: Expression | null;
};
/** Analysis expands custom type names, so that later stages meet only SQL's own types here. */
export type Cast = Located & { readonly kind: 'cast'; readonly operand: Expression; readonly type: TypeNode };
export type ArrayConstructor = Located & { readonly kind: 'array'; readonly elements: readonly Expression[] };
export type MapConstructor = Located & {
  readonly kind: 'map';
  readonly entries: readonly { readonly key: Expression; readonly value: Expression }[];
};
export type StructConstructor = Located & {
  readonly kind: 'struct';
  readonly fields: readonly { readonly name: string; readonly value: Expression }[];
};
/** `x AT TIME ZONE 'z'` */
export type AtTimeZone = Located & {
  readonly kind: 'at-time-zone';
  readonly operand: Expression;
  readonly zone: string;
};

export type Expression =
  | Literal
  | TypedLiteral
  | ColumnReference
  | FieldAccess
  | Subscript
  | FunctionCall
  | StarArgument
  | IntervalUnitArgument
  | Lambda
  | Arithmetic
  | ArithmeticUnary
  | Concatenation
  | Comparison
  | Logical
  | Not
  | Between
  | In
  | Like
  | IsNull
  | SearchedCase
  | SimpleCase
  | Cast
  | ArrayConstructor
  | MapConstructor
  | StructConstructor
  | AtTimeZone;

// ---------------------------------------------------------------------------------------------------------- types

/** `INT`, `VARCHAR(20)`, `DECIMAL(4, 2)`, or a custom type's name; parameters as written. */
export type NamedTypeNode = Located & {
  readonly kind: 'named-type';
  readonly name: string;
  readonly parameters: readonly string[];
};
export type ArrayTypeNode = Located & { readonly kind: 'array-type'; readonly element: TypeNode };
export type MapTypeNode = Located & { readonly kind: 'map-type'; readonly key: TypeNode; readonly value: TypeNode };
export type StructTypeNode = Located & {
  readonly kind: 'struct-type';
  readonly fields: readonly { readonly name: string; readonly type: TypeNode }[];
};
export type TypeNode = NamedTypeNode | ArrayTypeNode | MapTypeNode | StructTypeNode;

// -------------------------------------------------------------------------------------------------------- queries

export type TimeUnit = 'DAYS' | 'HOURS' | 'MINUTES' | 'SECONDS' | 'MILLISECONDS' | 'YEARS' | 'MONTHS' | 'WEEKS';
export type Duration = { readonly value: number; readonly unit: TimeUnit };

export type SelectItem =
  | (Located & { readonly kind: 'select-expression'; readonly expression: Expression; readonly alias: string | null })
  /** `*`, or `source.*`. */
  | (Located & { readonly kind: 'select-all'; readonly source: string | null })
  /** `struct->*` */
  | (Located & { readonly kind: 'select-struct-all'; readonly base: Expression });

export type AliasedSource = Located & { readonly source: string; readonly alias: string | null };

export type JoinWindow = {
  readonly before: Duration;
  readonly after: Duration;
  readonly grace: Duration | null;
};
export type JoinKind = 'INNER' | 'LEFT' | 'RIGHT' | 'FULL';
export type JoinClause = Located & {
  readonly join: JoinKind;
  readonly right: AliasedSource;
  readonly within: JoinWindow | null;
  readonly on: Expression;
};
/** Joins apply from left to right. */
export type Relation = { readonly first: AliasedSource; readonly joins: readonly JoinClause[] };

type WindowLimits = { readonly retention: Duration | null; readonly grace: Duration | null };
export type WindowClause = Located &
  WindowLimits &
  (
    | { readonly kind: 'tumbling'; readonly size: Duration }
    | { readonly kind: 'hopping'; readonly size: Duration; readonly advance: Duration }
    | { readonly kind: 'session'; readonly gap: Duration }
  );

/** `GROUP BY` and `PARTITION BY`: the expressions, whether or not they stood in parentheses. */
export type ByClause = Located & { readonly expressions: readonly Expression[] };

export type Query = Located & {
  readonly kind: 'query';
  readonly select: readonly SelectItem[];
  readonly from: Relation;
  readonly window: WindowClause | null;
  readonly where: Expression | null;
  readonly groupBy: ByClause | null;
  readonly partitionBy: ByClause | null;
  readonly having: Expression | null;
  /** Null: a pull query, or inside CREATE … AS and INSERT INTO the default (changes). */
  readonly emit: 'CHANGES' | 'FINAL' | null;
  readonly limit: number | null;
};

// ----------------------------------------------------------------------------------------------------- statements

export type SourceKind = 'STREAM' | 'TABLE';

/** A `WITH` entry, name in upper case. */
export type Property = Located & { readonly name: string; readonly value: Literal };

export type ColumnConstraint =
  | { readonly kind: 'value' }
  | { readonly kind: 'key' }
  | { readonly kind: 'primary-key' }
  | { readonly kind: 'headers' }
  | { readonly kind: 'header'; readonly key: string };

export type TableElement = Located & {
  readonly name: string;
  readonly type: TypeNode;
  readonly constraint: ColumnConstraint;
};

type Creation = {
  readonly name: string;
  readonly orReplace: boolean;
  readonly ifNotExists: boolean;
  readonly properties: readonly Property[];
};

export type CreateSource = Located &
  Creation & {
    readonly kind: 'create-source';
    readonly sourceKind: SourceKind;
    /** `CREATE SOURCE …`: read only. */
    readonly readOnly: boolean;
    readonly elements: readonly TableElement[];
  };
export type CreateAs = Located &
  Creation & { readonly kind: 'create-as'; readonly sourceKind: SourceKind; readonly query: Query };
export type InsertInto = Located & {
  readonly kind: 'insert-into';
  readonly target: string;
  readonly properties: readonly Property[];
  readonly query: Query;
};
export type InsertValues = Located & {
  readonly kind: 'insert-values';
  readonly target: string;
  /** Empty: all columns in order. */
  readonly columns: readonly string[];
  readonly values: readonly Expression[];
};
export type DropSource = Located & {
  readonly kind: 'drop-source';
  readonly sourceKind: SourceKind;
  readonly name: string;
  readonly ifExists: boolean;
  readonly deleteTopic: boolean;
};
export type AlterSource = Located & {
  readonly kind: 'alter-source';
  readonly sourceKind: SourceKind;
  readonly name: string;
  readonly additions: readonly { readonly name: string; readonly type: TypeNode }[];
};
export type CreateType = Located & {
  readonly kind: 'create-type';
  readonly name: string;
  readonly ifNotExists: boolean;
  readonly type: TypeNode;
};
export type DropType = Located & { readonly kind: 'drop-type'; readonly name: string; readonly ifExists: boolean };

/** `TERMINATE`, `PAUSE`, `RESUME`; a null id means all queries. */
export type QueryControl = Located & {
  readonly kind: 'query-control';
  readonly action: 'TERMINATE' | 'PAUSE' | 'RESUME';
  readonly queryId: string | null;
};
export type SetProperty = Located & { readonly kind: 'set-property'; readonly name: string; readonly value: string };
export type UnsetProperty = Located & { readonly kind: 'unset-property'; readonly name: string };
export type AlterSystem = Located & { readonly kind: 'alter-system'; readonly name: string; readonly value: string };
export type DefineVariable = Located & {
  readonly kind: 'define-variable';
  readonly name: string;
  readonly value: string;
};
export type UndefineVariable = Located & { readonly kind: 'undefine-variable'; readonly name: string };

export type ListSubject =
  | 'PROPERTIES'
  | 'TOPICS'
  | 'ALL TOPICS'
  | 'STREAMS'
  | 'TABLES'
  | 'FUNCTIONS'
  | 'CONNECTORS'
  | 'SOURCE CONNECTORS'
  | 'SINK CONNECTORS'
  | 'CONNECTOR PLUGINS'
  | 'TYPES'
  | 'VARIABLES'
  | 'QUERIES';
/** `SHOW …` and `LIST …` */
export type List = Located & { readonly kind: 'list'; readonly subject: ListSubject; readonly extended: boolean };
/** `DESCRIBE …`; name is null for `DESCRIBE STREAMS` and `DESCRIBE TABLES`. */
export type Describe = Located & {
  readonly kind: 'describe';
  readonly subject: 'SOURCE' | 'STREAMS' | 'TABLES' | 'FUNCTION' | 'CONNECTOR';
  readonly name: string | null;
  readonly extended: boolean;
};
export type Explain = Located & {
  readonly kind: 'explain';
  readonly subject:
    | { readonly kind: 'statement'; readonly statement: Statement }
    | { readonly kind: 'query-id'; readonly id: string };
};
export type PrintTopic = Located & {
  readonly kind: 'print-topic';
  readonly topic: string;
  readonly fromBeginning: boolean;
  readonly interval: number | null;
  readonly limit: number | null;
};
export type CreateConnector = Located & {
  readonly kind: 'create-connector';
  readonly connectorKind: 'SOURCE' | 'SINK';
  readonly name: string;
  readonly ifNotExists: boolean;
  readonly properties: readonly Property[];
};
export type DropConnector = Located & {
  readonly kind: 'drop-connector';
  readonly name: string;
  readonly ifExists: boolean;
};
export type AssertTopic = Located & {
  readonly kind: 'assert-topic';
  readonly topic: string;
  readonly exists: boolean;
  readonly properties: readonly Property[];
  readonly timeout: Duration | null;
};
export type AssertSchema = Located & {
  readonly kind: 'assert-schema';
  readonly subject: string | null;
  readonly id: number | null;
  readonly exists: boolean;
  readonly timeout: Duration | null;
};
/** Only in the SQL test tool. `columns` empty: all columns in order. */
export type AssertValues = Located & {
  readonly kind: 'assert-values';
  readonly source: string;
  readonly columns: readonly string[];
  readonly values: readonly Expression[];
  /** `ASSERT NULL VALUES … KEY (…)`: the record has no value, and the values are the key's. */
  readonly tombstone: boolean;
};
/** Only in the SQL test tool. */
export type AssertSource = Located & {
  readonly kind: 'assert-source';
  readonly sourceKind: SourceKind;
  readonly name: string;
  readonly elements: readonly TableElement[];
  readonly properties: readonly Property[];
};
/** Only in the CLI and the test tools. */
export type RunScript = Located & { readonly kind: 'run-script'; readonly file: string };

export type Statement =
  | Query
  | CreateSource
  | CreateAs
  | InsertInto
  | InsertValues
  | DropSource
  | AlterSource
  | CreateType
  | DropType
  | QueryControl
  | SetProperty
  | UnsetProperty
  | AlterSystem
  | DefineVariable
  | UndefineVariable
  | List
  | Describe
  | Explain
  | PrintTopic
  | CreateConnector
  | DropConnector
  | AssertTopic
  | AssertSchema
  | AssertValues
  | AssertSource
  | RunScript;
