import { readdirSync, readFileSync } from 'node:fs';

/** The fields of a process in `/proc` that tell its parent, and the clock ticks that it and its ended children took. */
const PARENT_FIELD = 1;
const TICK_FIELDS = [11, 12, 13, 14];
/** In the first line of `/proc/stat`: what is neither idle nor waiting, guests left out. */
const BUSY_FIELDS = [0, 1, 2, 5, 6];
const TICKS_PER_S = 100;

/**
 * Begins to watch how many CPUs other programs of the machine take; the answer tells it of the time since. What this
 * process and all that it started take is not counted; the system's own work on their behalf, such as writing files back, is.
 * Of Linux.
 */
export function watchOtherPrograms(): () => number {
  const begunMs = performance.now();
  const before = othersCpuS();
  return () => Math.max(0, othersCpuS() - before) / ((performance.now() - begunMs) / 1000);
}

function othersCpuS(): number {
  const fields = readFileSync('/proc/stat', 'utf8').split('\n')[0]!.split(/\s+/).slice(1);
  return BUSY_FIELDS.reduce((sum, field) => sum + Number(fields[field]), 0) / TICKS_PER_S - ownCpuS();
}

function ownCpuS(): number {
  const childrenOf = new Map<number, number[]>();
  const cpuOf = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    const fields = Number.isNaN(pid) ? null : statOf(pid);
    if (fields === null) continue;
    const parent = Number(fields[PARENT_FIELD]);
    childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), pid]);
    cpuOf.set(pid, TICK_FIELDS.reduce((sum, field) => sum + Number(fields[field]), 0) / TICKS_PER_S);
  }
  const family = [process.pid];
  for (const pid of family) family.push(...(childrenOf.get(pid) ?? []));
  return family.reduce((sum, pid) => sum + (cpuOf.get(pid) ?? 0), 0);
}

/** Null for a process that has just ended. The name before the fields may hold spaces. */
function statOf(pid: number): string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}
