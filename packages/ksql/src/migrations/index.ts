export { type ApplyTarget, applyMigrations } from './apply-migrations.ts';
export { type MigrationConfig, migrationConfig } from './migration-config.ts';
export { createMigration, createProject, type Report } from './migration-files.ts';
export { infoTable, migrationInfos } from './migration-info.ts';
export { MigrationMetadata } from './migration-metadata.ts';
export { validateMigrations } from './validate-migrations.ts';
