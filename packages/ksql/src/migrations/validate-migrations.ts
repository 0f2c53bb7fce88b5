import { migrationError } from './migration-error.ts';
import { checksumOf, listMigrations, type Report } from './migration-files.ts';
import { checkMigrated, type MigrationMetadata } from './migration-metadata.ts';

/**
 * Whether the files of all versions that were applied are still as they were then.
 * @throws MillraceError `MIGRATION` for the first that is gone or was changed
 */
export async function validateMigrations(metadata: MigrationMetadata, folder: string, report: Report): Promise<void> {
  const files = await listMigrations(folder, report);
  let version = await metadata.latestMigrated();
  let next: number | null = null;
  while (version !== null) {
    const info = await metadata.info(version);
    if (next !== null) checkMigrated(info, next);
    const file = files.find((each) => each.version === version);
    if (file === undefined) {
      throw migrationError(`No migrations file found for version with status MIGRATED. Version: ${version}`);
    }
    const checksum = checksumOf(file);
    if (checksum !== info.checksum) {
      throw migrationError(
        `Migrations file found for version ${version} does not match the checksum saved for this version. ` +
          `Expected checksum: ${info.checksum}. Actual checksum: ${checksum}. File name: ${file.path}`,
      );
    }
    next = version;
    version = info.previous;
  }
}
