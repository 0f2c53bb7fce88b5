import { MillraceError } from '@millrace/base';
import { type ExactJson, isArray, isObject } from './json-text.ts';

/** The subset of JSONPath that leads to one value: `$.field`, `$["field"]`, `$[0]`. */
export type JsonPath = readonly string[];

const STEP = /\.([\p{L}\p{Nd}_:@]+)|\[([\p{L}\p{Nd}_]+)\]|\["((?:[^"\\]|\\["\\])*)"\]/uy;
const INDEX = /^\d+$/;
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
  const steps: string[] = [];
  let at = 1;
  while (at < text.length) {
    STEP.lastIndex = at;
    const match = STEP.exec(text);
    if (match === null) throw new MillraceError('INVALID_JSON_PATH', `Invalid JSON path: '${text}'`);
    const [whole, name, subscript, quoted] = match;
    steps.push(name ?? subscript ?? quoted!.replace(/\\(.)/g, '$1'));
    at += whole.length;
  }
  return steps;
}

export function followPath(value: ExactJson, path: JsonPath): ExactJson | undefined {
  let current: ExactJson | undefined = value;
  for (const step of path) {
    if (isArray(current)) current = INDEX.test(step) ? current[Number(step)] : undefined;
    else if (isObject(current)) current = current.get(step);
    else return undefined;
  }
  return current;
}
