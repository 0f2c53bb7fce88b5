import { type Serde, Serdes, SessionWindows, StreamsBuilder, type Topology } from 'millrace/streams';

export type Visit = { readonly clicks: number; readonly pages: readonly string[] };

export const visitSerde: Serde<Visit> = Serdes.json<Visit>();

/** Half an hour without a click ends a visit. */
const INACTIVITY_MS = 30 * 60_000;
/** Clicks may come so much out of order. */
const GRACE_MS = 60_000;

/** The visits of each user: how many clicks on which pages, from when to when; each visit once, when it is over. */
export function visits(): Topology {
  const builder = new StreamsBuilder();
  const text = { key: Serdes.string(), value: Serdes.string() };
  builder
    .stream('clicks', text)
    .groupByKey(text)
    .windowedBy(SessionWindows.ofInactivityGapAndGrace(INACTIVITY_MS, GRACE_MS))
    .emitStrategy('on-window-close')
    .aggregate(
      (): Visit => ({ clicks: 0, pages: [] }),
      (_user, page, visit) => joined(visit, { clicks: 1, pages: [page] }),
      // A click that comes between two visits makes them one.
      (_user, a, b) => joined(a, b),
      { as: 'visits', key: Serdes.string(), value: visitSerde },
    )
    .toStream(({ key, window }) => `${key} ${minutes(window.startMs)}-${minutes(window.endMs)}`)
    .to('visits', { key: Serdes.string(), value: visitSerde });
  return builder.build();
}

function joined(a: Visit, b: Visit): Visit {
  return { clicks: a.clicks + b.clicks, pages: [...new Set([...a.pages, ...b.pages])].sort() };
}

function minutes(ms: number): string {
  return new Date(ms).toISOString().slice(11, 16);
}
