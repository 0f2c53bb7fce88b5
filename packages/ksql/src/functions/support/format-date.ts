import type { Zone } from 'luxon';
import { MONTHS, type Pattern, type PatternField, WEEKDAYS } from './date-pattern.ts';
import { longZoneName, offsetMs, shortZoneName } from './time-zone.ts';

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

/** An instant written by a pattern, as the clocks of a zone show it. */
export function formatInstant(instantMs: number, pattern: Pattern, zone: Zone): string {
  const local = new Date(instantMs + offsetMs(zone, instantMs));
  let text = '';
  for (const part of pattern) {
    switch (part.kind) {
      case 'text':
        text += part.text;
        break;
      case 'optional':
        text += formatInstant(instantMs, part.parts, zone);
        break;
      case 'field':
        text += formatField(part, local) ?? formatZone(part, instantMs, zone);
    }
  }
  return text;
}

const dayOfYear = (local: Date): number =>
  Math.floor((local.getTime() - Date.UTC(local.getUTCFullYear(), 0, 1)) / 86_400_000) + 1;

const msOfDay = (local: Date): number => ((local.getTime() % 86_400_000) + 86_400_000) % 86_400_000;

/** Undefined for letters that speak of the zone. */
function formatField({ letter, width }: PatternField, local: Date): string | undefined {
  switch (letter) {
    case 'G':
      return local.getUTCFullYear() > 0 ? (width === 4 ? 'Anno Domini' : 'AD') : width === 4 ? 'Before Christ' : 'BC';
    case 'y':
    case 'u':
      return width === 2 ? pad(local.getUTCFullYear() % 100, 2) : pad(local.getUTCFullYear(), width);
    case 'M':
    case 'L':
      return named(local.getUTCMonth(), width, MONTHS) ?? pad(local.getUTCMonth() + 1, width);
    case 'Q':
    case 'q':
      return pad(Math.floor(local.getUTCMonth() / 3) + 1, width);
    case 'd':
      return pad(local.getUTCDate(), width);
    case 'D':
      return pad(dayOfYear(local), width);
    case 'E':
      return named((local.getUTCDay() + 6) % 7, Math.max(width, 3), WEEKDAYS);
    case 'e':
      return named((local.getUTCDay() + 6) % 7, width, WEEKDAYS) ?? pad(local.getUTCDay() + 1, width);
    default:
      return formatTimeField(letter, width, local);
  }
}

function formatTimeField(letter: string, width: number, local: Date): string | undefined {
  const hour = local.getUTCHours();
  switch (letter) {
    case 'a':
      return hour < 12 ? 'AM' : 'PM';
    case 'H':
      return pad(hour, width);
    case 'k':
      return pad(hour === 0 ? 24 : hour, width);
    case 'K':
      return pad(hour % 12, width);
    case 'h':
      return pad(hour % 12 === 0 ? 12 : hour % 12, width);
    case 'm':
      return pad(local.getUTCMinutes(), width);
    case 's':
      return pad(local.getUTCSeconds(), width);
    case 'S':
      return pad(local.getUTCMilliseconds(), 3).padEnd(width, '0').slice(0, width);
    case 'A':
      return pad(msOfDay(local), width);
    case 'n':
      return pad(local.getUTCMilliseconds() * 1_000_000, width);
    case 'N':
      return pad(msOfDay(local) * 1_000_000, width);
    default:
      return undefined;
  }
}

/** Three letters are a short name, four the whole one, five the initial; fewer are a number. */
function named(index: number, width: number, names: readonly string[]): string | undefined {
  const name = names[index]!;
  if (width === 3) return name.slice(0, 3);
  if (width === 4) return name;
  return width === 5 ? name[0] : undefined;
}

function formatZone({ letter, width }: PatternField, instantMs: number, zone: Zone): string {
  const offset = offsetMs(zone, instantMs);
  switch (letter) {
    case 'V':
      return zone.name;
    case 'z':
      return width === 4 ? longZoneName(zone, instantMs) : shortZoneName(zone, instantMs);
    case 'X':
      return offset === 0 ? 'Z' : offsetText(offset, { colon: width === 3 || width === 5, hoursOnly: width === 1 });
    case 'x':
      return offsetText(offset, { colon: width === 3 || width === 5, hoursOnly: width === 1 });
    case 'Z':
      if (width < 4) return offsetText(offset, { colon: false, hoursOnly: false });
      if (width === 4) return `GMT${offset === 0 ? '' : offsetText(offset, { colon: true, hoursOnly: false })}`;
      return offset === 0 ? 'Z' : offsetText(offset, { colon: true, hoursOnly: false });
    default:
      return `GMT${offset === 0 ? '' : offsetText(offset, { colon: true, hoursOnly: false })}`;
  }
}

function offsetText(offset: number, form: { readonly colon: boolean; readonly hoursOnly: boolean }): string {
  const minutes = Math.abs(offset) / 60_000;
  const hours = `${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60), 2)}`;
  if (form.hoursOnly && minutes % 60 === 0) return hours;
  return `${hours}${form.colon ? ':' : ''}${pad(minutes % 60, 2)}`;
}
