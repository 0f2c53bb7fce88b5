import { TimeHistogram } from '@millrace/base';

/** Of one kind of query. Plain numbers: whoever counts adds to them. */
export type QueryCounters = {
  requests: number;
  errors: number;
  rows: number;
  responseBytes: number;
  /** From the request to the end of the answer. */
  readonly times: TimeHistogram;
};

type RouteCounters = { readonly byStatus: Map<string, number>; readonly times: TimeHistogram };

/** What a server counts while it answers; nobody reads it but the page of metrics. */
export class ServerCounters {
  readonly pull: QueryCounters = queryCounters();
  readonly push: QueryCounters = queryCounters();
  /** By route, as `POST /ksql`: there are as many as the server has routes. */
  readonly routes: Map<string, RouteCounters> = new Map();

  answered(route: string, status: number, durationMs: number, nowMs: number): void {
    const counters = this.routes.get(route) ?? { byStatus: new Map<string, number>(), times: new TimeHistogram() };
    this.routes.set(route, counters);
    const statusClass = `${Math.floor(status / 100)}XX`;
    counters.byStatus.set(statusClass, (counters.byStatus.get(statusClass) ?? 0) + 1);
    counters.times.add(durationMs, nowMs);
  }
}

function queryCounters(): QueryCounters {
  return { requests: 0, errors: 0, rows: 0, responseBytes: 0, times: new TimeHistogram() };
}
