import { listMigrations, type Report } from './migration-files.ts';
import type { MigrationMetadata, VersionInfo } from './migration-metadata.ts';

/** Every version there is a file for; those that the server does not know are pending. */
export async function migrationInfos(
  metadata: MigrationMetadata,
  folder: string,
  report: Report,
): Promise<readonly VersionInfo[]> {
  const files = await listMigrations(folder, report);
  const known = new Map(
    (await metadata.infos(files.map(({ version }) => version))).map((info) => [info.version, info]),
  );
  return files.map(({ version, name }) => known.get(version) ?? pending(version, name));
}

const NOTHING = 'N/A';

function pending(version: number, name: string): VersionInfo {
  return {
    version,
    name,
    state: 'PENDING',
    checksum: NOTHING,
    startedOn: NOTHING,
    completedOn: NOTHING,
    previous: null,
    errorReason: NOTHING,
  };
}

const HEADINGS = ['Version', 'Name', 'State', 'Previous Version', 'Started On', 'Completed On', 'Error Reason'];

/** As ksql-migrations prints them; times in UTC. */
export function infoTable(infos: readonly VersionInfo[]): string {
  const rows = infos.map(({ version, name, state, previous, startedOn, completedOn, errorReason }) => {
    const before = state === 'PENDING' ? NOTHING : previous === null ? '<none>' : String(previous);
    return [String(version), name, state, before, timeText(startedOn), timeText(completedOn), errorReason];
  });
  const widths = HEADINGS.map((heading, column) => Math.max(heading.length, ...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]): string => {
    return ` ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} \n`;
  };
  const rule = `${'-'.repeat(widths.reduce((sum, width) => sum + width + 3, -1))}\n`;
  return [line(HEADINGS), rule, ...rows.map(line), rule].join('');
}

function timeText(ms: string): string {
  return /^\d+$/.test(ms) ? new Date(Number(ms)).toISOString() : ms || NOTHING;
}
