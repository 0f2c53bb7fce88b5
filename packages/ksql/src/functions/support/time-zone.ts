import { MillraceError } from '@millrace/base';
import { FixedOffsetZone, IANAZone, type Zone } from 'luxon';

const ZONES_MAX = 1000;
const zones = new Map<string, Zone>();

/** `Europe/Berlin`, `UTC`, `+02:00`, `GMT+2`. @throws MillraceError `UNKNOWN_TIME_ZONE` */
export function zoneNamed(name: string): Zone {
  let zone = zones.get(name);
  if (zone === undefined) {
    zone = findZone(name);
    if (zones.size >= ZONES_MAX) zones.clear();
    zones.set(name, zone);
  }
  return zone;
}

const OFFSET = /^(?:UTC|GMT|UT)?([+-])(\d{1,2})(?::?(\d{2})(?::?(\d{2}))?)?$/;
/** Names that only JavaScript knows, or in other letters. */
const UNKNOWN_NAMES = /^(?:[A-Z]ST|[A-Z]DT|[a-z].*)$/;
const KNOWN_SHORT_NAMES = ['EST', 'MST', 'HST'];

function findZone(name: string): Zone {
  if (name === 'Z' || name === 'UTC' || name === 'GMT') return FixedOffsetZone.utcInstance;
  const offset = OFFSET.exec(name);
  if (offset !== null) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0) + Number(offset[4] ?? 0) / 60;
    return FixedOffsetZone.instance(offset[1] === '-' ? -minutes : minutes);
  }
  if (isJavaName(name) && IANAZone.isValidZone(name)) return IANAZone.create(name);
  throw new MillraceError('UNKNOWN_TIME_ZONE', `Unknown time-zone ID: ${name}`);
}

/** Names are told apart by case, and three letters are no zone but for a few. */
function isJavaName(name: string): boolean {
  return KNOWN_SHORT_NAMES.includes(name) || !UNKNOWN_NAMES.test(name);
}

/** How far the zone's clocks are ahead of UTC at an instant. */
export function offsetMs(zone: Zone, instantMs: number): number {
  return zone.offset(instantMs) * 60_000;
}

/**
 * The instant at which the clocks of a zone show a local time (given as if it were UTC). A time that they skip is read
 * with the offset before the change, one that they show twice is the first.
 */
export function instantOf(zone: Zone, localMs: number): number {
  const guess = localMs - offsetMs(zone, localMs);
  const before = localMs - offsetMs(zone, guess - 86_400_000);
  if (offsetMs(zone, before) === localMs - before) return before;
  return localMs - offsetMs(zone, guess);
}

// English names of a zone differ by country: London's summer is BST only to the British, New York's EDT to Americans.
const LOCALES = ['en-US', 'en-GB', 'en-AU', 'en-CA', 'en-IN', 'en-NZ', 'en-ZA'];

/** The short name that a zone's clocks go by at an instant, such as `PDT`; of an offset its spelling. */
export function shortZoneName(zone: Zone, instantMs: number): string {
  if (zone.isUniversal) return zoneId(zone);
  for (const locale of LOCALES) {
    const name = zone.offsetName(instantMs, { format: 'short', locale });
    if (name !== null && !/^(GMT|UTC)[+-]/.test(name)) return name;
  }
  return initialsOf(longZoneName(zone, instantMs));
}

/** `Central European Summer Time` is CEST; in Europe winter's time goes without the word for it: CET. */
function initialsOf(name: string): string {
  const words = name.replace(/European Standard/, 'European').split(' ');
  return words.length < 3 ? name : words.map(([initial]) => initial).join('');
}

export function longZoneName(zone: Zone, instantMs: number): string {
  if (zone.isUniversal && zone.offset(instantMs) !== 0) return zoneId(zone);
  return zone.offsetName(instantMs, { format: 'long', locale: 'en-US' }) ?? zone.name;
}

/** `Europe/Berlin`, `UTC`, `+02:00`. */
export function zoneId(zone: Zone): string {
  if (!zone.isUniversal || zone.offset(0) === 0) return zone.name;
  const minutes = Math.abs(zone.offset(0));
  const digits = (value: number): string => String(value).padStart(2, '0');
  return `${zone.offset(0) < 0 ? '-' : '+'}${digits(Math.floor(minutes / 60))}:${digits(minutes % 60)}`;
}
