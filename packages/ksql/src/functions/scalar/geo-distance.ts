import { MillraceError } from '@millrace/base';
import { joinWords } from '../../lib/grammatical-joiner.ts';
import { nullableOverload, overload, type ScalarFunction } from '../function.ts';
import { DOUBLE, STRING } from '../parameter.ts';

const RADIUS: Readonly<Record<string, number>> = {
  mi: 3959,
  mile: 3959,
  miles: 3959,
  km: 6371,
  kilometer: 6371,
  kilometers: 6371,
  kilometre: 6371,
  kilometres: 6371,
};
const UNITS = joinWords(Object.keys(RADIUS), 'or');
const radians = (degrees: number): number => (degrees / 180) * Math.PI;

/** Along a great circle, by the haversine formula. */
function distance(from: readonly [number, number], to: readonly [number, number], unit: string): number {
  const radius = RADIUS[unit.trim().toLowerCase() || 'km'];
  if (radius === undefined) {
    throw new MillraceError(
      'INVALID_ARGUMENT',
      `GeoDistance function units parameter must be one of ${UNITS}. Values are case-insensitive.`,
    );
  }
  for (const [latitude, longitude] of [from, to]) {
    if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) {
      throw new MillraceError('INVALID_ARGUMENT', `invalid latitude or longitude: (${latitude}, ${longitude})`);
    }
  }
  const height = Math.sin(radians(to[0] - from[0]) / 2) ** 2;
  const width = Math.sin(radians(to[1] - from[1]) / 2) ** 2;
  const chord = height + width * Math.cos(radians(from[0])) * Math.cos(radians(to[0]));
  return radius * 2 * Math.asin(Math.min(1, Math.sqrt(chord)));
}

export const GEO_DISTANCE: ScalarFunction = {
  kind: 'scalar',
  name: 'geo_distance',
  category: 'OTHER',
  description: "The distance of two points, given as latitude and longitude in degrees, in 'KM' or 'MI'.",
  overloads: [
    overload({
      parameters: [DOUBLE, DOUBLE, DOUBLE, DOUBLE],
      returns: DOUBLE,
      evaluate: (lat1, lon1, lat2, lon2) => distance([lat1, lon1], [lat2, lon2], 'KM'),
    }),
    nullableOverload({
      parameters: [DOUBLE, DOUBLE, DOUBLE, DOUBLE, STRING],
      returns: DOUBLE,
      evaluate: (lat1, lon1, lat2, lon2, unit) => {
        if (lat1 === null || lon1 === null || lat2 === null || lon2 === null) return null;
        return distance([lat1, lon1], [lat2, lon2], unit ?? 'KM');
      },
    }),
  ],
  examples: [
    { call: 'ROUND(GEO_DISTANCE(37.4439, -122.1663, 51.5257, -0.1122), 3)', result: '8634.66' },
    { call: "ROUND(GEO_DISTANCE(37.4439, -122.1663, 51.5257, -0.1122, 'MI'), 3)", result: '5365.66' },
  ],
};
