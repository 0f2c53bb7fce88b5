import { MillraceError } from '@millrace/base';
import type { KsqlClient } from '@millrace/ksql/cli';
import type { ApplyTarget, MigrationConfig, MigrationMetadata, Report } from '@millrace/ksql/migrations';
import { action, type Command, group, one } from '../command-line/command.ts';
import { flag, type Option, pairs, required, text, wholeNumber, withAliases } from '../command-line/option.ts';
import type { Terminal } from '../command-line/terminal.ts';
import { tlsOptions } from '../command-line/tls-properties.ts';
import { readText } from './ksql-connection.ts';

const VERSION_MAX = 999_999;

/** Loaded when something is run: help needs none of it. */
const migrations = (): Promise<typeof import('@millrace/ksql/migrations')> => import('@millrace/ksql/migrations');

const configFile: Option<string> = required(withAliases(text('FILE', "the project's ksql-migrations.properties"), 'c'));

/** What is done is told people on standard output, and nobody where JSON is asked for. */
function reporter({ stdout }: Terminal, isJson: boolean): Report {
  return async (line) => {
    if (!isJson) await stdout.write(`${line}\n`);
  };
}

type Project = {
  readonly config: MigrationConfig;
  readonly client: KsqlClient;
  readonly metadata: MigrationMetadata;
};

async function inProject<T>(path: string, use: (project: Project) => Promise<T>): Promise<T> {
  const [{ KsqlClient }, { MigrationMetadata, migrationConfig }] = await Promise.all([
    import('@millrace/ksql/cli'),
    migrations(),
  ]);
  const config = migrationConfig(path, readText(path));
  const { url, user, password, tls } = config;
  await using client = new KsqlClient({ url, user, password, tls: tlsOptions(tls) });
  return await use({ config, client, metadata: new MigrationMetadata(client, config) });
}

const newProject = action({
  about: 'make a folder for migrations: settings that name the server, and a folder for the files',
  args: { folder: one('PROJECT-PATH', 'the folder'), server: one('SERVER', 'the URL of the ksqlDB server') },
  examples: [{ about: 'beside the code', line: 'millrace ksql-migrations new-project sql http://localhost:8088' }],
  json: '{ project: string }',
  async run({ args, isJson, terminal }) {
    await (await migrations()).createProject(args.folder, args.server, reporter(terminal, isJson));
    return isJson ? { project: args.folder } : undefined;
  },
});

const initializeMetadata = action({
  about: 'make the stream and the table on the server that keep what was applied',
  options: { configFile },
  examples: [
    {
      about: 'once for a server',
      line: 'millrace ksql-migrations initialize-metadata -c sql/ksql-migrations.properties',
    },
  ],
  json: '{ stream: string, table: string }',
  async run({ options, isJson, terminal }) {
    return await inProject(options.configFile, async ({ config, metadata }) => {
      await metadata.initialize(reporter(terminal, isJson));
      return isJson ? { stream: config.streamName, table: config.tableName } : undefined;
    });
  },
});

const create = action({
  about: 'make an empty file for the next version',
  args: { description: one('DESCRIPTION', 'what it is called: Add_users makes V000002__Add_users.sql') },
  options: {
    configFile,
    version: withAliases(wholeNumber('VERSION', 'this version, not the next', { min: 1, max: VERSION_MAX }), 'v'),
  },
  examples: [
    { about: 'the next one', line: 'millrace ksql-migrations create Add_users -c sql/ksql-migrations.properties' },
  ],
  json: '{ file: string }',
  async run({ args, options, isJson, terminal }) {
    const { createMigration, migrationConfig } = await migrations();
    const { folder } = migrationConfig(options.configFile, readText(options.configFile));
    const { description } = args;
    const file = await createMigration(folder, { description, version: options.version }, reporter(terminal, isJson));
    return isJson ? { file } : undefined;
  },
});

const apply = action({
  about: 'apply migrations that are newer than what was applied, in order',
  details:
    'A file may hold CREATE, DROP, ALTER, INSERT, TERMINATE, PAUSE, RESUME, ASSERT, SET, UNSET, DEFINE, UNDEFINE and ' +
    'connectors; no queries, and nothing that lists or describes. All of it is read before the first statement is run. ' +
    'Where one fails the version is in the state ERROR, and is applied again with the next apply.',
  options: {
    configFile,
    next: withAliases(flag('the next version'), 'n'),
    all: withAliases(flag('all versions'), 'a'),
    until: withAliases(wholeNumber('VERSION', 'all up to this one', { min: 1, max: VERSION_MAX }), 'u'),
    version: withAliases(wholeNumber('VERSION', 'this one alone', { min: 1, max: VERSION_MAX }), 'v'),
    define: withAliases(pairs('a variable, as DEFINE has it'), 'd'),
    dryRun: flag('tell what would be applied, and change nothing'),
  },
  examples: [
    { about: 'all', line: 'millrace ksql-migrations apply --all -c sql/ksql-migrations.properties' },
    {
      about: 'one, with a variable',
      line: 'millrace ksql-migrations apply -n -d env=test -c ksql-migrations.properties',
    },
  ],
  json: '{ applied: number[], isDryRun: boolean }',
  async run({ options, isJson, terminal }) {
    const target = targetOf(options);
    const { applyMigrations } = await migrations();
    const { define: variables, dryRun: isDryRun } = options;
    const report = reporter(terminal, isJson);
    return await inProject(options.configFile, async ({ config: { folder }, client, metadata }) => {
      const applied = await applyMigrations({ client, metadata, folder, target, variables, isDryRun, report });
      return isJson ? { applied, isDryRun } : undefined;
    });
  },
});

type Targets = {
  readonly next: boolean;
  readonly all: boolean;
  readonly until: number | undefined;
  readonly version: number | undefined;
};

function targetOf({ next, all, until, version }: Targets): ApplyTarget {
  const targets: readonly (ApplyTarget | false)[] = [
    next && { kind: 'next' },
    all && { kind: 'all' },
    until !== undefined && { kind: 'until', version: until },
    version !== undefined && { kind: 'version', version },
  ];
  const [target, ...others] = targets.filter((each) => each !== false);
  if (target !== undefined && others.length === 0) return target;
  throw new MillraceError('USAGE', 'give one of --next, --all, --until and --version');
}

const info = action({
  about: 'tell the version of the server, and the state of every file',
  options: { configFile },
  examples: [{ about: 'all', line: 'millrace ksql-migrations info -c sql/ksql-migrations.properties' }],
  json:
    '{ current: number | null, versions: [{ version, name, state, checksum, startedOn, completedOn, previous, ' +
    'errorReason }] }',
  async run({ options, isJson, terminal }) {
    const report = reporter(terminal, isJson);
    return await inProject(options.configFile, async ({ config, metadata }) => {
      const { infoTable, migrationInfos } = await migrations();
      await metadata.checkInitialized();
      const current = await metadata.current();
      const versions = await migrationInfos(metadata, config.folder, report);
      if (isJson) return { current, versions };
      await report(`Current migration version: ${current ?? '<none>'}`);
      await terminal.stdout.write(versions.length === 0 ? 'No migrations files found\n' : infoTable(versions));
      return undefined;
    });
  },
});

const validate = action({
  about: 'check that the files of versions that were applied are as they were then',
  options: { configFile },
  examples: [
    { about: 'before a release', line: 'millrace ksql-migrations validate -c sql/ksql-migrations.properties' },
  ],
  json: '{ isValid: true }',
  async run({ options, isJson, terminal }) {
    const report = reporter(terminal, isJson);
    return await inProject(options.configFile, async ({ config, metadata }) => {
      await metadata.checkInitialized();
      await (await migrations()).validateMigrations(metadata, config.folder, report);
      await report('Successfully validated checksums for migrations that have already been applied');
      return isJson ? { isValid: true } : undefined;
    });
  },
});

const destroyMetadata = action({
  about: 'delete the stream and the table that keep what was applied, with their topics; not reversible',
  options: { configFile },
  examples: [{ about: 'the end', line: 'millrace ksql-migrations destroy-metadata -c sql/ksql-migrations.properties' }],
  json: '{ destroyed: true }',
  async run({ options, isJson, terminal }) {
    return await inProject(options.configFile, async ({ metadata }) => {
      await metadata.destroy(reporter(terminal, isJson));
      return isJson ? { destroyed: true } : undefined;
    });
  },
});

export const command: Command = group({
  'new-project': newProject,
  'initialize-metadata': initializeMetadata,
  create,
  apply,
  info,
  validate,
  'destroy-metadata': destroyMetadata,
});
