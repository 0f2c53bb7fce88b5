import { readFileSync } from 'node:fs';
import { describeError, MillraceError } from '@millrace/base';
import {
  flag,
  flagName,
  type Option,
  type OptionValues,
  parseWholeNumber,
  text,
  valueOption,
  wholeNumber,
} from '../../command-line/option.ts';
import { parseDuration, parseTime } from '../../command-line/times.ts';
import type { Target } from './new-offsets.ts';
import { parsePlan } from './offset-plan.ts';

type TargetOptions = {
  readonly toEarliest: Option<boolean>;
  readonly toLatest: Option<boolean>;
  readonly toCurrent: Option<boolean>;
  readonly toOffset: Option<number | undefined>;
  readonly toDatetime: Option<number | undefined>;
  readonly byDuration: Option<number | undefined>;
  readonly shiftBy: Option<number | undefined>;
  readonly fromFile: Option<string | undefined>;
};

/** Where offsets can be set to, as options: one of them at most. */
export const TARGET_OPTIONS: TargetOptions = {
  toEarliest: flag('to the first record'),
  toLatest: flag('to the end'),
  toCurrent: flag('to what is committed now: with --export, a plan of it'),
  toOffset: wholeNumber('OFFSET', 'to this offset'),
  toDatetime: valueOption(
    'TIME',
    'to the first record at or after 2026-01-31T10:00:00 (UTC, or with a zone)',
    parseTime,
  ),
  byDuration: valueOption('DURATION', 'to the first record of the last P1DT12H, 90s, 15m, 2h or 7d', parseDuration),
  shiftBy: valueOption('COUNT', 'so many records on from what is committed; back with a minus', (given) =>
    parseWholeNumber(given, { min: Number.MIN_SAFE_INTEGER }),
  ),
  fromFile: text('FILE', 'to what a file says: lines TOPIC,PARTITION,OFFSET, as --export prints them'),
};

export const TARGET_FLAGS: string = Object.keys(TARGET_OPTIONS)
  .map((name) => `--${flagName(name)}`)
  .join(', ');

/**
 * Null where none was given.
 *
 * @throws MillraceError `USAGE` for more than one.
 */
export function targetOf(options: OptionValues<TargetOptions>): Target | null {
  const { toOffset, toDatetime, byDuration, shiftBy, fromFile } = options;
  const targets: (Target | false | undefined)[] = [
    options.toEarliest && { kind: 'earliest' },
    options.toLatest && { kind: 'latest' },
    options.toCurrent && { kind: 'current' },
    toOffset !== undefined && { kind: 'offset', offset: toOffset },
    toDatetime !== undefined && { kind: 'time', timeMs: toDatetime },
    byDuration !== undefined && { kind: 'time', timeMs: Date.now() - byDuration },
    shiftBy !== undefined && { kind: 'shift', count: shiftBy },
    fromFile !== undefined && { kind: 'plan', plan: readPlan(fromFile) },
  ];
  const [target, ...others] = targets.filter((each) => each !== false && each !== undefined);
  if (others.length > 0) throw new MillraceError('USAGE', `give one of ${TARGET_FLAGS}`);
  return target ?? null;
}

function readPlan(file: string): ReturnType<typeof parsePlan> {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (error) {
    throw new MillraceError('USAGE', `--from-file ${file}: ${describeError(error)}`);
  }
  return parsePlan(content, file);
}
