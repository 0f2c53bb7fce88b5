import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** A flight within the United States, January to March 2001, as the data set has it; `origin` is the record's key. */
export type Flight = { readonly destination: string; readonly delay: number; readonly distance: number };

export type Airport = { readonly name: string; readonly city: string; readonly state: string };

export type Keyed<T> = { readonly key: string; readonly value: T; readonly timestamp: number };

// The package exports its module in `build/`; the files themselves lie beside that folder.
const module: string = createRequire(import.meta.url).resolve('vega-datasets');

function read(name: string): string {
  return readFileSync(join(dirname(module), '..', 'data', name), 'utf8');
}

/** 20,000 flights by time of departure; the data set gives local times without a zone, taken as UTC here. */
export function readFlights(): Keyed<Flight>[] {
  const rows = JSON.parse(read('flights-20k.json')) as ({ readonly date: string; readonly origin: string } & Flight)[];
  return rows.map(({ date, origin, destination, delay, distance }) => ({
    key: origin,
    value: { destination, delay, distance },
    timestamp: Date.parse(`${date.replaceAll('/', '-').replace(' ', 'T')}:00Z`),
  }));
}

/** The airports of the United States; older than every flight, so that each flight finds its airport. */
export function readAirports(): Keyed<Airport>[] {
  const [, ...lines] = read('airports.csv').trim().split('\n');
  return lines.map((line) => {
    const [iata = '', name = '', city = '', state = ''] = line
      .split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)
      .map((field) => field.replace(/^"|"$/g, ''));
    return { key: iata, value: { name, city, state }, timestamp: Date.UTC(2000, 0, 1) };
  });
}
