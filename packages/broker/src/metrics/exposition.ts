export type Labels = Readonly<Record<string, string | number>>;

/** Builds a page in Prometheus' text format (version 0.0.4): families in order, each with its samples. */
export class Exposition {
  readonly #lines: string[] = [];

  counter(name: string, help: string): Family {
    return this.#family(name, 'counter', help);
  }

  gauge(name: string, help: string): Family {
    return this.#family(name, 'gauge', help);
  }

  summary(name: string, help: string): Family {
    return this.#family(name, 'summary', help);
  }

  toString(): string {
    return `${this.#lines.join('\n')}\n`;
  }

  #family(name: string, type: string, help: string): Family {
    this.#lines.push(
      `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`,
      `# TYPE ${name} ${type}`,
    );
    return new Family(name, this.#lines);
  }
}

/** One metric; its samples differ in their labels. */
class Family {
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
