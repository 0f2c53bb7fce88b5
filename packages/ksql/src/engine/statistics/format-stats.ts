import type { Stat } from './topic-statistics.ts';

const NAME_WIDTH = 16;
const VALUE_WIDTH = 10;
const TIME_WIDTH = 9;

/** Figures of a topic as one line, as ksqlDB's DESCRIBE EXTENDED has it; `last` names the time at its end. */
export function formatStats(stats: readonly Stat[], last: 'last-message' | 'last-failed'): string {
  const [first] = stats;
  if (first === undefined) return '';
  const figures = stats.map(({ name, value }) => {
    const text = value.toFixed(Number.isInteger(value) ? 0 : 2);
    return `${name.padStart(NAME_WIDTH)}:${text.padStart(VALUE_WIDTH)} `;
  });
  return `${figures.join('')}${last.padStart(NAME_WIDTH)}: ${timeText(first.timestamp).padStart(TIME_WIDTH)}`;
}

/** Java's ISO_OFFSET_DATE_TIME: only as much of a second's fraction as there is. */
function timeText(wallMs: number): string {
  return wallMs === 0 ? 'n/a' : new Date(wallMs).toISOString().replace(/\.?0*Z$/, 'Z');
}
