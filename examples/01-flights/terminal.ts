import type { Row } from './results.ts';

const ROWS = 8;

/** One line that is written anew on a terminal, and a line every so often elsewhere. */
export class Progress {
  readonly #out: NodeJS.WriteStream;
  readonly #total: number;
  #shownAtMs = 0;

  constructor(out: NodeJS.WriteStream, total: number) {
    this.#out = out;
    this.#total = total;
  }

  show(counts: Readonly<Record<string, number>>): void {
    const nowMs = performance.now();
    if (nowMs - this.#shownAtMs < (this.#out.isTTY ? 100 : 2000)) return;
    this.#shownAtMs = nowMs;
    const parts = Object.entries(counts).map(
      ([name, count]) => `${name} ${Math.min(100, Math.floor((100 * count) / this.#total))} %`,
    );
    this.#out.write(this.#out.isTTY ? `\r${parts.join('   ')}   ` : `${parts.join('   ')}\n`);
  }

  end(): void {
    if (this.#out.isTTY) this.#out.write('\r\u001b[K');
  }
}

/** The windows in which an airport's flights were latest together, the worst first. */
export function printTable(title: string, rows: readonly Row[], say: (text: string) => void): void {
  const worst = [...rows].sort((a, b) => b.delay - a.delay || a.hourMs - b.hourMs).slice(0, ROWS);
  say(`\n${title}: ${rows.length} windows, the ${worst.length} with the most minutes of delay`);
  say(
    `  ${'hour (UTC)'.padEnd(17)}${'airport'.padEnd(9)}${'name'.padEnd(36)}${'flights'.padStart(8)}${'minutes'.padStart(9)}${'worst'.padStart(7)}`,
  );
  for (const { hourMs, airport, name, flights, delay, worst: most } of worst) {
    const hour = new Date(hourMs).toISOString().slice(0, 16).replace('T', ' ');
    const figures = `${String(flights).padStart(8)}${String(delay).padStart(9)}${String(most).padStart(7)}`;
    say(`  ${hour.padEnd(17)}${airport.padEnd(9)}${name.slice(0, 35).padEnd(36)}${figures}`);
  }
}
