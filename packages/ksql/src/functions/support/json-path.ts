import { MillraceError } from '@millrace/base';
import { type ExactJson, isArray, isObject } from './json-text.ts';

/** The subset of JSONPath that leads to one value: `$.field`, `$['field']`, `$[0]`. */
export type JsonPath = readonly (string | number)[];

const STEP = /\.([^.[\]]+)|\[(\d+|-\d+)\]|\[(?:'([^']*)'|"([^"]*)")\]/y;
const PATHS_MAX = 1000;
const cache = new Map<string, JsonPath>();

/** @throws MillraceError `INVALID_JSON_PATH` */
export function parseJsonPath(text: string): JsonPath {
  let path = cache.get(text);
  if (path === undefined) {
    path = readSteps(text);
    if (cache.size >= PATHS_MAX) cache.clear();
    cache.set(text, path);
  }
  return path;
}

function readSteps(text: string): JsonPath {
  if (!text.startsWith('$')) throw new MillraceError('INVALID_JSON_PATH', `Invalid JSON path: '${text}'`);
  const steps: (string | number)[] = [];
  let at = 1;
  while (at < text.length) {
    STEP.lastIndex = at;
    const match = STEP.exec(text);
    if (match === null) throw new MillraceError('INVALID_JSON_PATH', `Invalid JSON path: '${text}'`);
    const [whole, name, index, single, double] = match;
    steps.push(index === undefined ? (name ?? single ?? double ?? '') : Number(index));
    at += whole.length;
  }
  return steps;
}

export function followPath(value: ExactJson, path: JsonPath): ExactJson | undefined {
  let current: ExactJson | undefined = value;
  for (const step of path) {
    if (isArray(current)) current = typeof step === 'number' ? current[step] : current[Number(step)];
    else if (isObject(current)) current = current.get(String(step));
    else return undefined;
  }
  return current;
}
