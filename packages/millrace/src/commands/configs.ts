import { MillraceError } from '@millrace/base';
import type { Admin, ConfigChange, ConfigEntry, ConfigResource, QuotaEntity } from '@millrace/client';
import { action, any, type Command, group, one, optional } from '../command-line/command.ts';
import { flag, pairs, repeated, text } from '../command-line/option.ts';
import { table } from '../command-line/table.ts';

/** What has configs, and what has quotas, which Kafka's tool calls configs, too. */
const RESOURCES = { topic: 'topic', broker: 'broker', group: 'group', 'broker-logger': 'broker-logger' } as const;
const QUOTA_ENTITIES = { user: 'user', client: 'client-id', ip: 'ip' } as const;

type Target =
  | { readonly kind: 'resource'; readonly resource: ConfigResource }
  | { readonly kind: 'quota'; readonly entity: QuotaEntity };

const SOURCES: Readonly<Record<number, string>> = {
  1: 'topic',
  2: 'broker',
  3: 'all brokers',
  4: 'file',
  5: 'default',
  6: 'logger',
  7: 'client metrics',
  8: 'group',
};

const TYPE = one('TYPE', `${[...Object.keys(RESOURCES), ...Object.keys(QUOTA_ENTITIES)].join(', ')}; also in plural`);
const NAME = optional('NAME', 'its name; without one the default of all brokers, users, clients or addresses');

type Config = {
  readonly name: string;
  readonly value: string | null;
  readonly source: string;
  readonly isReadOnly: boolean;
  readonly isSensitive: boolean;
  readonly documentation: string | null;
};

const describe = action({
  about: 'tell the configs of a topic, broker or group, or the quotas of a user, client or address',
  args: { type: TYPE, name: NAME },
  options: {
    all: flag('also what stands at its default'),
    documentation: flag('what each config means'),
  },
  examples: [
    { about: 'what was set for a topic', line: 'millrace configs describe topic orders' },
    { about: 'all that a broker has', line: 'millrace configs describe broker 1 --all' },
  ],
  json:
    '[{ name: string, value: string | null, source: string, isReadOnly: boolean, isSensitive: boolean, ' +
    'documentation: string | null }]',
  async run({ args, options, ...call }): Promise<readonly Config[]> {
    const target = targetOf(args.type, args.name);
    const admin = await call.admin();
    if (target.kind === 'quota') return await quotaConfigs(admin, target.entity);
    const configs = await admin.describeConfigs(target.resource, { includeDocumentation: options.documentation });
    return configs.filter((config) => options.all || isOwn(config, target.resource)).map(configOf);
  },
  print: (configs, { documentation }) =>
    table(
      ['CONFIG', 'VALUE', 'SOURCE', ...(documentation ? ['DOCUMENTATION'] : [])],
      configs.map((config) => [
        config.name,
        config.isSensitive ? '(secret)' : config.value,
        config.source,
        ...(documentation ? [config.documentation] : []),
      ]),
    ),
});

/** Set for this very resource; of a broker also what its file says. */
function isOwn({ source }: ConfigEntry, { type }: ConfigResource): boolean {
  if (type === 'topic') return source === 1;
  if (type === 'group') return source === 8;
  if (type === 'broker-logger') return true;
  return source >= 2 && source <= 4;
}

function configOf({ name, value, source, isReadOnly, isSensitive, documentation }: ConfigEntry): Config {
  return { name, value, source: SOURCES[source] ?? String(source), isReadOnly, isSensitive, documentation };
}

async function quotaConfigs(admin: Admin, entity: QuotaEntity): Promise<readonly Config[]> {
  const [found] = await admin.describeClientQuotas({ entity, strict: true });
  return Object.entries(found?.quotas ?? {}).map(([name, value]) => ({
    name,
    value: String(value),
    source: 'quota',
    isReadOnly: false,
    isSensitive: false,
    documentation: null,
  }));
}

const alter = action({
  about: 'change configs, or quotas of a user, client or address',
  args: { type: TYPE, name: NAME },
  options: {
    set: pairs('sets a config'),
    unset: repeated(text('KEY', 'takes a config back to its default')),
    append: pairs('adds to a config that is a list'),
    subtract: pairs('takes out of a config that is a list'),
    dryRun: flag('checks, and changes nothing'),
  },
  examples: [
    { about: 'of a topic', line: 'millrace configs alter topic orders --set retention.ms=3600000' },
    { about: 'of all brokers', line: 'millrace configs alter broker --set log.cleaner.threads=2' },
    {
      about: 'at most 1 MB a second from a user',
      line: 'millrace configs alter user alice --set producer_byte_rate=1048576',
    },
  ],
  json: '{ changed: [{ name: string, operation: string, value: string | null }], isDryRun: boolean }',
  async run({ args, options, ...call }) {
    const { set, unset, append, subtract } = options;
    const changes = [...changesOf('set', set), ...changesOf('append', append), ...changesOf('subtract', subtract)];
    for (const name of unset) changes.push({ name, operation: 'delete' });
    if (changes.length === 0) {
      throw new MillraceError('USAGE', 'nothing to change: give --set, --unset, --append or --subtract');
    }
    await apply(await call.admin(), targetOf(args.type, args.name), { changes, isDryRun: options.dryRun });
    return changed(changes, options.dryRun);
  },
  print: printChanged,
});

const remove = action({
  about: 'take configs back to their defaults, or delete quotas',
  args: { type: TYPE, name: one('NAME', "its name; '' for the default of all"), keys: any('KEY', 'the configs') },
  options: { dryRun: flag('checks, and changes nothing') },
  examples: [{ about: 'two configs of a topic', line: 'millrace configs delete topic orders retention.ms segment.ms' }],
  json: '{ changed: [{ name: string, operation: string, value: string | null }], isDryRun: boolean }',
  async run({ args, options, ...call }) {
    const changes = args.keys.map((name) => ({ name, operation: 'delete' }) as const);
    if (changes.length === 0) throw new MillraceError('USAGE', 'which configs? Give their names behind the resource');
    const target = targetOf(args.type, args.name === '' ? undefined : args.name);
    await apply(await call.admin(), target, { changes, isDryRun: options.dryRun });
    return changed(changes, options.dryRun);
  },
  print: printChanged,
});

function changesOf(operation: ConfigChange['operation'], given: Readonly<Record<string, string>>): ConfigChange[] {
  return Object.entries(given).map(([name, value]) => ({ name, operation, value }));
}

function changed(changes: readonly ConfigChange[], isDryRun: boolean) {
  return { changed: changes.map((change) => ({ ...change, value: change.value ?? null })), isDryRun };
}

function printChanged({ changed: changes, isDryRun }: ReturnType<typeof changed>): string {
  const names = changes.map(({ name }) => name).join(', ');
  return `${isDryRun ? 'Would change' : 'Changed'} ${names}\n`;
}

type Alteration = { readonly changes: readonly ConfigChange[]; readonly isDryRun: boolean };

async function apply(admin: Admin, target: Target, { changes, isDryRun }: Alteration): Promise<void> {
  const how = { validateOnly: isDryRun };
  if (target.kind === 'resource') return await admin.incrementalAlterConfigs(target.resource, changes, how);
  const quotas = Object.fromEntries(changes.map((change) => [change.name, quotaValue(change)]));
  await admin.alterClientQuotas([{ entity: target.entity, quotas }], how);
}

function quotaValue({ name, operation, value }: ConfigChange): number | null {
  if (operation === 'delete') return null;
  const number = Number(value);
  if (operation === 'set' && value !== '' && Number.isFinite(number)) return number;
  throw new MillraceError('USAGE', `${name}=${value}: a quota is set to a number or unset`);
}

function targetOf(type: string, name: string | undefined): Target {
  const singular = type.replace(/s$/, '');
  if (Object.hasOwn(RESOURCES, singular)) {
    const kind = RESOURCES[singular as keyof typeof RESOURCES];
    if (name === undefined && kind !== 'broker') throw new MillraceError('USAGE', `which ${kind}? Give its name`);
    if (kind === 'broker' && name !== undefined && !/^\d+$/.test(name)) {
      throw new MillraceError('USAGE', `a broker's name is its number, '${name}' is none`);
    }
    return { kind: 'resource', resource: { type: kind, name: name ?? '' } };
  }
  if (!Object.hasOwn(QUOTA_ENTITIES, singular)) throw new MillraceError('USAGE', `'${type}' is no TYPE: ${TYPE.about}`);
  return { kind: 'quota', entity: { [QUOTA_ENTITIES[singular as keyof typeof QUOTA_ENTITIES]]: name ?? null } };
}

export const command: Command = group({ describe, alter, delete: remove });
