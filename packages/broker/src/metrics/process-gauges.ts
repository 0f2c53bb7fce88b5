import { readdirSync } from 'node:fs';
import { type EventLoopUtilization, monitorEventLoopDelay, PerformanceObserver, performance } from 'node:perf_hooks';
import type { Exposition } from '@millrace/base';

const NS_PER_SECOND = 1e9;
const LOOP_RESOLUTION_MS = 10;
/** Node's numbers for the kinds of collection. */
const COLLECTIONS: Readonly<Record<number, string>> = {
  1: 'minor',
  2: 'mark_sweep',
  4: 'major',
  8: 'incremental',
  16: 'weak',
};

/** The process around the broker: under the names that Prometheus' own client for Node.js uses. */
export class ProcessGauges implements Disposable {
  readonly #delay = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
  readonly #observer: PerformanceObserver;
  readonly #collections = new Map<string, { count: number; seconds: number }>();
  readonly #startSeconds: number;
  #loop: EventLoopUtilization = performance.eventLoopUtilization();

  constructor(wallMs: number) {
    this.#startSeconds = wallMs / 1000 - process.uptime();
    this.#delay.enable();
    this.#observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { detail } = entry as unknown as { readonly detail?: { readonly kind?: number } };
        this.#note(detail?.kind ?? 0, entry.duration);
      }
    });
    this.#observer.observe({ entryTypes: ['gc'] });
  }

  [Symbol.dispose](): void {
    this.#delay.disable();
    this.#observer.disconnect();
  }

  write(page: Exposition): void {
    const { user, system } = process.cpuUsage();
    const { rss, heapUsed, heapTotal, external } = process.memoryUsage();
    page.counter('process_cpu_seconds_total', 'Time that the process computed.').add((user + system) / 1e6);
    page.gauge('process_start_time_seconds', 'When the process began, since 1970.').add(this.#startSeconds);
    page.gauge('process_resident_memory_bytes', 'Memory of the process.').add(rss);
    page.gauge('nodejs_heap_size_used_bytes', 'Memory of objects in use.').add(heapUsed);
    page.gauge('nodejs_heap_size_total_bytes', 'Memory for objects.').add(heapTotal);
    page.gauge('nodejs_external_memory_bytes', 'Memory of buffers outside of the heap.').add(external);
    const descriptors = openDescriptors();
    if (descriptors !== null) page.gauge('process_open_fds', 'Open files and sockets.').add(descriptors);
    page
      .gauge('nodejs_eventloop_lag_p99_seconds', 'How late the loop was in 99 of 100 cases, since the last look.')
      .add(this.#delay.percentile(99) / NS_PER_SECOND);
    page
      .gauge('nodejs_eventloop_lag_max_seconds', 'The latest since the last look.')
      .add(this.#delay.max / NS_PER_SECOND);
    this.#delay.reset();
    this.#writeIdle(page);
    const collections = page.summary('nodejs_gc_duration_seconds', 'Garbage collections by kind.');
    for (const [kind, { count, seconds }] of this.#collections) {
      collections.add(count, { kind }, '_count').add(seconds, { kind }, '_sum');
    }
  }

  /** One loop reads the sockets and carries the requests out: where Kafka has two pools of threads. */
  #writeIdle(page: Exposition): void {
    const now = performance.eventLoopUtilization();
    const idle = 1 - performance.eventLoopUtilization(now, this.#loop).utilization;
    this.#loop = now;
    const help = 'The share of time in which the loop had nothing to do, since the last look.';
    page.gauge('kafka_server_kafkarequesthandlerpool_requesthandleravgidle_percent', help).add(idle);
    page.gauge('kafka_network_socketserver_networkprocessoravgidle_percent', help).add(idle);
  }

  #note(kind: number, durationMs: number): void {
    const name = COLLECTIONS[kind] ?? 'other';
    const noted = this.#collections.get(name) ?? { count: 0, seconds: 0 };
    noted.count += 1;
    noted.seconds += durationMs / 1000;
    this.#collections.set(name, noted);
  }
}

/** Null where the system does not tell. */
function openDescriptors(): number | null {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    return null;
  }
}
