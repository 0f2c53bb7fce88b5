import { JsonNumber } from '../../formats/json/exact-json.ts';
import { type CaseRun, readCaseFile } from '../query-cases/case-file.ts';
import { type CaseJson, type CaseObject, isObject } from '../query-cases/case-json.ts';

/** A case of ksqlDB's REST suite: what a server is asked, and what it answers. */
export type RestCase = {
  readonly run: CaseRun;
  /** All leading statements, for one request. */
  readonly statements: readonly string[];
  /** The queries after them, each for a request of its own. */
  readonly queries: readonly string[];
  readonly responses: readonly CaseObject[];
  readonly expectedError: ExpectedError | undefined;
  readonly waitsForPushQuery: boolean;
  /** Whether each query is asked once more for rows in Protocol Buffers. */
  readonly asksForProto: boolean;
};

export type ExpectedError = {
  readonly type: string | undefined;
  readonly message: string | undefined;
  readonly status: number | undefined;
};

export function readRestCases(fileName: string, text: string): readonly RestCase[] {
  return readCaseFile(fileName, text).map(restCase);
}

function restCase(run: CaseRun): RestCase {
  const { source, statements } = run;
  const firstQuery = statements.findIndex((statement) => statement.startsWith('SELECT '));
  const queriesFrom = firstQuery === -1 ? statements.length : firstQuery;
  const conditions = source.inputConditions;
  return {
    run,
    statements: statements.slice(0, queriesFrom),
    queries: statements.slice(queriesFrom),
    responses: Array.isArray(source.responses) ? (source.responses as readonly CaseJson[]).filter(isObject) : [],
    expectedError: isObject(source.expectedError) ? errorOf(source.expectedError) : undefined,
    waitsForPushQuery: isObject(conditions) && conditions.waitForActivePushQuery === true,
    asksForProto: source.testPullWithProtoFormat === true,
  };
}

function errorOf(json: CaseObject): ExpectedError {
  const textOf = (value: CaseJson | undefined) => (typeof value === 'string' ? value : undefined);
  const type = textOf(json.type);
  return {
    type: type?.slice(type.lastIndexOf('.') + 1),
    message: textOf(json.message),
    status: json.status instanceof JsonNumber ? json.status.value : undefined,
  };
}
