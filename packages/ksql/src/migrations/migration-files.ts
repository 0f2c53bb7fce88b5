import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONFIG_FILE, MIGRATIONS_FOLDER, newConfigText, SERVER_URL } from './migration-config.ts';
import { migrationError, reasonOf } from './migration-error.ts';

/** Told line by line what is done. */
export type Report = (line: string) => Promise<void>;

/** `V000002__Add_users.sql`: version 2, "Add users". */
export type MigrationFile = { readonly version: number; readonly name: string; readonly path: string };

const FILE_NAME = /^V([0-9]{6})__(.+)\.sql$/;
const VERSION_MAX = 999_999;
/** What no file system has to take in a name. */
const UNFIT_CHARACTERS = /[\s/\\:*?"<>|]/g;

/** All migration files of a folder by version; other files are passed over, and named. */
export async function listMigrations(folder: string, report: Report): Promise<readonly MigrationFile[]> {
  const found: MigrationFile[] = [];
  for (const fileName of namesIn(folder)) {
    const [, digits, name] = FILE_NAME.exec(fileName) ?? [];
    if (digits === undefined || name === undefined) {
      await report(
        `Skipping file does not match expected migration file pattern 'V<six digit number>__<name>.sql': ${fileName}`,
      );
      continue;
    }
    const version = Number(digits);
    if (version === 0) throw migrationError(`MigrationFile file versions must be positive. Found: ${fileName}`);
    const before = found.at(-1);
    const path = join(folder, fileName);
    if (before?.version === version) {
      throw migrationError(
        `Found multiple migration files with the same version. Version: ${version}. Files: '${path}', '${before.path}'`,
      );
    }
    found.push({ version, name: name.replaceAll('_', ' '), path });
  }
  return found;
}

function namesIn(folder: string): readonly string[] {
  if (!isFolder(folder)) throw migrationError(`${folder} is not a directory.`);
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [] : [entry.name])).sort();
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

export function readMigration({ path }: MigrationFile): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (thrown) {
    throw migrationError(`Failed to read ${path}: ${reasonOf(thrown)}`);
  }
}

/** What tells whether a file was changed since: MD5, in hexadecimal digits. It guards nothing against an attacker. */
export function checksumOf({ path }: MigrationFile): string {
  try {
    return createHash('md5').update(readFileSync(path)).digest('hex');
  } catch (thrown) {
    throw migrationError(`Could not compute hash for file '${path}': ${reasonOf(thrown)}`);
  }
}

/** An empty file for the next version, or for this one. Resolves with its path. */
export async function createMigration(
  folder: string,
  { description, version }: { readonly description: string; readonly version: number | undefined },
  report: Report,
): Promise<string> {
  const present = await listMigrations(folder, report);
  if (description === '') throw migrationError('Description cannot be empty.');
  const existing = present.find((each) => each.version === version);
  if (existing !== undefined) {
    throw migrationError(`Found existing migrations file for version ${version}: ${existing.path}`);
  }
  const next = version ?? (present.at(-1)?.version ?? 0) + 1;
  if (next <= 0) throw migrationError(`Invalid version file version: ${next}. Version must be a positive integer.`);
  if (next > VERSION_MAX) {
    throw migrationError(`Invalid version file version: ${next}. Version must fit into a six-digit integer.`);
  }
  const name = `V${String(next).padStart(6, '0')}__${description.replaceAll(UNFIT_CHARACTERS, '_')}.sql`;
  const path = join(folder, name);
  await report(`Creating migration file: ${path}`);
  writeNew(path, '');
  await report('Migration file successfully created');
  return path;
}

/** A folder for a project: its settings, and a folder for its files. */
export async function createProject(folder: string, url: string, report: Report): Promise<void> {
  await report(`Creating new migrations project at ${folder}`);
  for (const each of [folder, join(folder, MIGRATIONS_FOLDER)]) {
    if (isFolder(each)) {
      await report(`${each} already exists. Skipping directory creation.`);
      continue;
    }
    if (existsSync(each)) throw migrationError(`${each} already exists as a file. Cannot create directory.`);
    await report(`Creating directory: ${each}`);
    try {
      mkdirSync(each, { recursive: true });
    } catch (thrown) {
      throw migrationError(`Failed to create directory ${each}: ${reasonOf(thrown)}`);
    }
  }
  const path = join(folder, CONFIG_FILE);
  if (existsSync(path)) throw migrationError(`Failed to create file. File already exists: ${path}`);
  await report(`Creating file: ${path}`);
  await report(`Writing to config file: ${SERVER_URL}=${url}`);
  writeNew(path, newConfigText(url));
  await report('Migrations project directory created successfully');
}

/** Never over what is there. */
function writeNew(path: string, text: string): void {
  try {
    writeFileSync(path, text, { flag: 'wx' });
  } catch (thrown) {
    throw migrationError(`Failed to create file ${path}: ${reasonOf(thrown)}`);
  }
}
