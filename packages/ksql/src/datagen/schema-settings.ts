import { MillraceError } from '@millrace/base';

/** What stands under `arg.properties` of a schema, and parts of it. */
export type Settings = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Settings {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function recordSetting(settings: Settings, name: string): Settings | null {
  const value = settings[name];
  if (value === undefined) return null;
  if (isRecord(value)) return value;
  throw invalidSettings(name, 'it must be an object');
}

export function numberSetting(settings: Settings, name: string): number | null {
  const value = settings[name];
  if (value === undefined) return null;
  if (typeof value === 'number') return value;
  throw invalidSettings(name, 'it must be a number');
}

export function textSetting(settings: Settings, name: string): string | null {
  const value = settings[name];
  if (value === undefined) return null;
  if (typeof value === 'string') return value;
  throw invalidSettings(name, 'it must be a string');
}

const LENGTH_DEFAULT = { min: 8, max: 16 } as const;

/** From `min` up to, not including, `max`. */
export type Length = { readonly min: number; readonly max: number };

/** `length`: a number, or bounds; null where nothing is said. */
export function lengthSetting(settings: Settings): Length | null {
  const { length } = settings;
  if (length === undefined) return null;
  if (typeof length === 'number') return { min: length, max: length + 1 };
  if (!isRecord(length)) throw invalidSettings('length', 'it must be a number or an object');
  const min = numberSetting(length, 'min') ?? 0;
  const max = numberSetting(length, 'max') ?? min + LENGTH_DEFAULT.max;
  if (max <= min) throw invalidSettings('length', 'max must be more than min');
  return { min, max };
}

export function lengthOrDefault(settings: Settings): Length {
  return lengthSetting(settings) ?? LENGTH_DEFAULT;
}

export function invalidSettings(name: string, reason: string): MillraceError {
  return new MillraceError('INVALID_SCHEMA', `arg.properties: '${name}' can't be used: ${reason}`);
}
