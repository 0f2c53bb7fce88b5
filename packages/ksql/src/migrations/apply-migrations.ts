import { type Clock, systemClock } from '@millrace/base';
import type { KsqlClient } from '../rest-client/ksql-client.ts';
import { migrationError, reasonOf } from './migration-error.ts';
import { listMigrations, type MigrationFile, type Report, readMigration } from './migration-files.ts';
import type { MigrationMetadata } from './migration-metadata.ts';
import { StatementRunner, statementsOf } from './migration-statements.ts';
import { validateMigrations } from './validate-migrations.ts';

/** Which versions are wanted, of those that are newer than what was applied. */
export type ApplyTarget =
  | { readonly kind: 'next' | 'all' }
  | { readonly kind: 'until' | 'version'; readonly version: number };

export type ApplyOptions = {
  readonly client: KsqlClient;
  readonly metadata: MigrationMetadata;
  readonly folder: string;
  readonly target: ApplyTarget;
  readonly variables: Readonly<Record<string, string>>;
  readonly isDryRun: boolean;
  readonly report: Report;
  readonly clock?: Clock;
};

/**
 * Applies migrations one after the other. Resolves with the versions that were applied; the first that fails is written down
 * with its reason, and ends it.
 */
export async function applyMigrations(options: ApplyOptions): Promise<readonly number[]> {
  const { metadata, folder, target, isDryRun, report } = options;
  await metadata.checkInitialized();
  if (isDryRun) {
    await report('This is a dry run. No ksqlDB statements will be submitted to the ksqlDB server.');
  }
  await report('Validating current migration state before applying new migrations');
  await validateMigrations(metadata, folder, report);
  let previous = await metadata.latestMigrated();
  await report('Loading migration files');
  const wanted = wantedOf(await listMigrations(folder, report), target, previous);
  await report(wanted.length === 0 ? 'No eligible migrations found.' : `${wanted.length} migration file(s) loaded.`);
  const applied: number[] = [];
  for (const file of wanted) {
    await report(`Applying migration version ${file.version}: ${file.name}`);
    const text = readMigration(file);
    await report(`${file.path} contents:\n${text}`);
    if (isDryRun) {
      await report('Dry run complete. No migrations were actually applied.');
    } else {
      await applyOne(file, text, previous, options);
      await report('Successfully migrated');
      applied.push(file.version);
    }
    previous = file.version;
  }
  return applied;
}

function wantedOf(
  files: readonly MigrationFile[],
  target: ApplyTarget,
  previous: number | null,
): readonly MigrationFile[] {
  const newer = files.filter(({ version }) => version > (previous ?? 0));
  switch (target.kind) {
    case 'all':
      return newer;
    case 'until':
      return newer.filter(({ version }) => version <= target.version);
    case 'next':
      if (newer.length === 0) throw migrationError('No eligible migrations found.');
      return newer.slice(0, 1);
    case 'version': {
      const file = files.find(({ version }) => version === target.version);
      if (file === undefined) throw migrationError(`No migration file with version ${target.version} exists.`);
      if (newer.includes(file)) return [file];
      throw migrationError(
        `Version must be newer than the last version migrated. Last version migrated was ${previous}`,
      );
    }
  }
}

async function applyOne(
  file: MigrationFile,
  text: string,
  previous: number | null,
  { client, metadata, variables, clock = systemClock }: ApplyOptions,
): Promise<void> {
  const now = (): string => String(clock.wallMs());
  const common = { file, previous, startedOn: now() };
  await metadata.write({ ...common, state: 'RUNNING', completedOn: '' });
  try {
    await runStatements(text, client, variables);
  } catch (thrown) {
    await metadata.write({ ...common, state: 'ERROR', completedOn: now(), errorReason: reasonOf(thrown) });
    throw thrown;
  }
  await metadata.write({ ...common, state: 'MIGRATED', completedOn: now() });
}

/** All are read before the first is run. */
async function runStatements(
  text: string,
  client: KsqlClient,
  variables: Readonly<Record<string, string>>,
): Promise<void> {
  const statements = statementsOf(text);
  const checker = new StatementRunner(client, variables);
  for (const statement of statements) {
    try {
      checker.check(statement);
    } catch (thrown) {
      throw migrationError(`Failed to parse sql: ${statement}. Error: ${reasonOf(thrown)}`);
    }
  }
  const runner = new StatementRunner(client, variables);
  for (const statement of statements) {
    try {
      await runner.run(statement);
    } catch (thrown) {
      throw migrationError(`Failed to execute sql: ${statement}. Error: ${reasonOf(thrown)}`);
    }
  }
}
