import { type Breach, checked, type Law } from './law.ts';
import type { Observation } from './observation.ts';
import { textOf } from './text-of.ts';

/** The same records give the same results, to the byte and in the same order. */
export const determinismLaw: Law = {
  name: 'determinism',
  says: 'The same input gives the same output.',
  applies: () => [checked('all output')],
  breach(trial, subject) {
    return firstDifference(subject, trial.run(), trial.run({ again: true }));
  },
};

function firstDifference(subject: string, first: Observation, second: Observation): Breach | null {
  for (const topic of new Set([...first.outputs.keys(), ...second.outputs.keys()])) {
    const one = first.outputs.get(topic) ?? [];
    const other = second.outputs.get(topic) ?? [];
    for (let at = 0; at < Math.max(one.length, other.length); at++) {
      const [a, b] = [shown(one[at]), shown(other[at])];
      if (a !== b) return { subject, finding: `record ${at} of ${topic} is ${a} in one run and ${b} in the next` };
    }
  }
  for (const [store, rows] of first.stores) {
    const others = second.stores.get(store)!;
    for (const keyText of new Set([...rows.keys(), ...others.keys()])) {
      const [a, b] = [rows.get(keyText)?.valueText, others.get(keyText)?.valueText];
      if (a !== b) return { subject, finding: `${keyText} in store ${store} is ${a} in one run and ${b} in the next` };
    }
  }
  return null;
}

const decoder = new TextDecoder();

function shown(record: { key: Uint8Array | null; value: Uint8Array | null; timestamp: number } | undefined): string {
  if (record === undefined) return 'missing';
  const text = (bytes: Uint8Array | null) => (bytes === null ? 'null' : textOf(decoder.decode(bytes)));
  return `(${text(record.key)}, ${text(record.value)}) at ${record.timestamp}`;
}
