/** The format of the shared cases, as their README gives it. */
export type CaseWindow = { readonly start: number; readonly end: number | 'max' };

export type CaseOutput = {
  readonly step: number;
  readonly topic: string;
  readonly key: string | null;
  readonly window?: CaseWindow;
  readonly value: string | number | null;
  readonly ts: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly deadLetter?: true;
};

export type CaseRow = {
  readonly key: string;
  readonly window?: CaseWindow;
  readonly value: string | number;
  readonly ts?: number;
};

export type CaseError = {
  readonly phase: 'build' | 'start' | 'run';
  readonly step?: number;
  readonly class: string;
  readonly cause?: string;
  readonly message: string;
};

export type CaseInput =
  | {
      readonly topic: string;
      readonly key: string | null;
      readonly value: string | null;
      readonly ts: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly corrupt?: true;
    }
  | { readonly advanceWallClock: number };

export type CaseResult = {
  readonly describe?: string;
  readonly outputs?: readonly CaseOutput[];
  readonly stores?: Readonly<Record<string, readonly CaseRow[] | null>>;
  readonly internalTopics?: readonly string[];
  readonly error?: CaseError;
};

export type CaseOperation = Readonly<Record<string, unknown>> & { readonly op: string };

export type Case = {
  readonly id: string;
  readonly tag: string;
  readonly config: {
    readonly optimize?: boolean;
    readonly cacheBytes?: number;
    readonly emitIntervalMs?: number;
    readonly processingHandler?: 'continue';
    readonly deserializationHandler?: 'continue';
    readonly deadLetterTopic?: string;
    readonly explicitNaming?: boolean;
  };
  readonly topology: readonly CaseOperation[];
  readonly inputs: readonly CaseInput[];
  readonly expected: CaseResult;
  readonly quirk?: string;
  readonly expectedWithoutQuirk?: { readonly outputs: readonly CaseOutput[] };
};
