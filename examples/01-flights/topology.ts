import { Serdes, StreamsBuilder, TimeWindows, type Topology } from 'millrace/streams';
import type { Airport, Flight } from './data.ts';

/** What is known of one airport's departures in one hour. */
export type Delays = {
  readonly name: string;
  readonly flights: number;
  /** Minutes; a departure before its time counts as negative. */
  readonly delay: number;
  readonly worst: number;
};

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How late were departures, by airport and hour? Each flight is joined to its airport and counted in its hour. */
export function delaysByHour(): Topology {
  const builder = new StreamsBuilder();
  const airports = builder.table('airports', { key: Serdes.string(), value: Serdes.json<Airport>() });
  builder
    .stream('flights', { key: Serdes.string(), value: Serdes.json<Flight>() })
    .join(airports, ({ delay }, { name }) => ({ delay, name }))
    .groupByKey({ key: Serdes.string(), value: Serdes.json<{ delay: number; name: string }>() })
    .windowedBy(TimeWindows.ofSizeAndGrace(HOUR_MS, DAY_MS))
    .aggregate(
      (): Delays => ({ name: '', flights: 0, delay: 0, worst: -Infinity }),
      (_airport, { name, delay }, all) => ({
        name,
        flights: all.flights + 1,
        delay: all.delay + delay,
        worst: Math.max(all.worst, delay),
      }),
      { as: 'delays-by-hour', value: Serdes.json<Delays>() },
    )
    .toStream()
    .to('delays-by-topology', {
      key: Serdes.timeWindowed(Serdes.string(), HOUR_MS),
      value: Serdes.json<Delays>(),
    });
  return builder.build();
}
