import fs from 'node:fs';
import { MillraceError } from '@millrace/base';
import type { FolderLock } from './files.ts';

type Holder = { readonly pid: number; readonly startedAt: string };

/** How often a lock that vanished or was stale is tried again before two processes are taken to fight over it. */
const ATTEMPTS_MAX = 5;

/**
 * Takes a lock file that names its process. A process killed with −9 leaves its file behind, so the file counts only
 * while that very process lives: same id *and* same start time, since ids come again (process 1 of a container always).
 *
 * @throws MillraceError `DATA_FOLDER_LOCKED` when a live process holds it.
 */
export function lockFolder(path: string): FolderLock {
  const own: Holder = { pid: process.pid, startedAt: startTimeOf(process.pid) ?? '' };
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    try {
      fs.writeFileSync(path, JSON.stringify(own), { flag: 'wx' });
      return { release: () => fs.rmSync(path, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = readHolder(path);
    if (holder !== null && isAlive(holder)) throw lockedError(path, holder);
    fs.rmSync(path, { force: true });
  }
  throw lockedError(path, null);
}

function lockedError(path: string, holder: Holder | null): MillraceError {
  const by = holder === null ? 'another process' : `process ${holder.pid}`;
  return new MillraceError(
    'DATA_FOLDER_LOCKED',
    `the data folder is in use by ${by} (lock file ${path}): stop that broker, or give this one a folder of its own`,
    { context: { path, ...holder } },
  );
}

function readHolder(path: string): Holder | null {
  try {
    const parsed = JSON.parse(fs.readFileSync(path, 'utf8')) as Partial<Holder>;
    return typeof parsed.pid === 'number' ? { pid: parsed.pid, startedAt: String(parsed.startedAt ?? '') } : null;
  } catch {
    // Torn by a crash, or gone meanwhile: nobody lives behind it.
    return null;
  }
}

function isAlive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    // EPERM means that it lives and belongs to someone else.
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const startedAt = startTimeOf(holder.pid);
  if (startedAt === 'ended') return false;
  return startedAt === null || holder.startedAt === '' || startedAt === holder.startedAt;
}

/**
 * The start time of a process in clock ticks since boot, where the system tells it (Linux), else null. A process that
 * was killed may stay listed until its parent looks, in a container for ever: it has ended all the same.
 */
function startTimeOf(pid: number): string | null {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the command in parentheses and may itself hold spaces.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? 'ended' : (fields[19] ?? null);
  } catch {
    return null;
  }
}
