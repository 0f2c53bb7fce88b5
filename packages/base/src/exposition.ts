import type { TimeHistogram } from './time-histogram.ts';

const QUANTILES = [0.5, 0.75, 0.95, 0.98, 0.99, 0.999] as const;

export type Labels = Readonly<Record<string, string | number>>;

/** Builds a page in Prometheus' text format (version 0.0.4): families in order, each with its samples. */
export class Exposition {
  readonly #lines: string[] = [];

  counter(name: string, help: string): MetricFamily {
    return this.#family(name, 'counter', help);
  }

  gauge(name: string, help: string): MetricFamily {
    return this.#family(name, 'gauge', help);
  }

  summary(name: string, help: string): MetricFamily {
    return this.#family(name, 'summary', help);
  }

  toString(): string {
    return `${this.#lines.join('\n')}\n`;
  }

  #family(name: string, type: string, help: string): MetricFamily {
    this.#lines.push(
      `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`,
      `# TYPE ${name} ${type}`,
    );
    return new MetricFamily(name, this.#lines);
  }
}

/** One metric; its samples differ in their labels. */
export class MetricFamily {
  readonly #name: string;
  readonly #lines: string[];

  constructor(name: string, lines: string[]) {
    this.#name = name;
    this.#lines = lines;
  }

  /** `suffix` is for the count and sum of a summary. */
  add(value: number, labels: Labels = {}, suffix: '' | '_count' | '_sum' = ''): this {
    return this.addLabelled(value, labelText(labels), suffix);
  }

  /** Of a summary, in milliseconds: quantiles of the last while, count and sum of all time. */
  addTimes(times: TimeHistogram, nowMs: number, labels: Labels = {}): this {
    for (const quantile of QUANTILES) this.add(times.quantile(quantile, nowMs), { ...labels, quantile });
    return this.add(times.count, labels, '_count').add(times.sumMs, labels, '_sum');
  }

  /** With labels that {@link labelText} wrote, for those that stand in many families. */
  addLabelled(value: number, labels: string, suffix: '' | '_count' | '_sum' = ''): this {
    this.#lines.push(`${this.#name}${suffix}${labels} ${formatValue(value)}`);
    return this;
  }
}

export function labelText(labels: Labels): string {
  const parts = Object.entries(labels).map(([name, label]) => `${name}="${escapeLabel(String(label))}"`);
  return parts.length === 0 ? '' : `{${parts.join(',')}}`;
}

function escapeLabel(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

function formatValue(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return '+Inf';
  if (value === Number.NEGATIVE_INFINITY) return '-Inf';
  return String(value);
}
