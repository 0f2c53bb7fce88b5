import { MillraceError } from '@millrace/base';
import type { QuotaEntity } from '@millrace/client';
import { action, type Command, group } from '../command-line/command.ts';
import { flag, type Options, type OptionValues, pairs, repeated, text } from '../command-line/option.ts';
import { table } from '../command-line/table.ts';

/** Whom: each part by name or as the default of all names. */
const WHOM = {
  user: text('NAME', 'of this user'),
  userDefault: flag('of all users that have no quota of their own'),
  client: text('ID', 'of this client id; together with a user, of that user with this client'),
  clientDefault: flag('of all client ids that have no quota of their own'),
  ip: text('ADDRESS', 'of this address'),
  ipDefault: flag('of all addresses that have no quota of their own'),
} as const satisfies Options;

const describe = action({
  about: 'tell the quotas of users, client ids and addresses',
  options: { ...WHOM, strict: flag('only quotas of exactly these parts, not of a user with a client') },
  examples: [
    { about: 'all that are set', line: 'millrace quotas describe' },
    { about: 'of one user, with any client', line: 'millrace quotas describe --user alice' },
  ],
  json: "[{ entity: { user?: string | null, 'client-id'?: …, ip?: … }, quotas: { [name]: number } }]; null is the default",
  run: async ({ options, admin }) =>
    await (await admin()).describeClientQuotas({ entity: entityOf(options), strict: options.strict }),
  print: (quotas) =>
    table(
      ['ENTITY', 'QUOTA', 'VALUE'],
      quotas.flatMap(({ entity, quotas: values }) =>
        Object.entries(values).map(([name, value]) => [entityText(entity), name, value]),
      ),
    ),
});

const alter = action({
  about: 'set and delete quotas',
  details:
    'producer_byte_rate and consumer_byte_rate count bytes a second, request_percentage the share of a thread, ' +
    'controller_mutation_rate changes a second, connection_creation_rate new connections a second of an address.',
  options: {
    ...WHOM,
    set: pairs('sets a quota'),
    unset: repeated(text('QUOTA', 'deletes a quota')),
    dryRun: flag('checks, and changes nothing'),
  },
  examples: [
    {
      about: 'at most 1 MB a second from each client of a user',
      line: 'millrace quotas alter --user alice --client-default --set producer_byte_rate=1048576',
    },
    {
      about: 'no limit any more',
      line: 'millrace quotas alter --user alice --client-default --unset producer_byte_rate',
    },
  ],
  json: '{ entity: { user?, client-id?, ip? }, quotas: { [name]: number | null }, isDryRun: boolean }',
  async run({ options, admin }) {
    const entity = entityOf(options);
    if (Object.keys(entity).length === 0) throw usage('whose quotas? Give --user, --client or --ip, or a default');
    const set = Object.entries(options.set).map(([name, value]) => [name, numberOf(name, value)] as const);
    const quotas = Object.fromEntries([...set, ...options.unset.map((name) => [name, null] as const)]);
    if (Object.keys(quotas).length === 0) throw usage('nothing to change: give --set or --unset');
    await (await admin()).alterClientQuotas([{ entity, quotas }], { validateOnly: options.dryRun });
    return { entity, quotas, isDryRun: options.dryRun };
  },
  print: ({ entity, isDryRun }) => `${isDryRun ? 'Would change' : 'Changed'} the quotas of ${entityText(entity)}\n`,
});

function entityOf(options: OptionValues<typeof WHOM>): QuotaEntity {
  const { user, userDefault, client, clientDefault, ip, ipDefault } = options;
  return {
    ...part('user', user, userDefault),
    ...part('client-id', client, clientDefault),
    ...part('ip', ip, ipDefault),
  };
}

function part(type: keyof QuotaEntity, name: string | undefined, isDefault: boolean): QuotaEntity {
  if (isDefault) return { [type]: null };
  return name === undefined ? {} : { [type]: name };
}

function entityText(entity: QuotaEntity): string {
  return Object.entries(entity)
    .map(([type, name]) => `${type} ${name ?? '(default)'}`)
    .join(', ');
}

function numberOf(name: string, value: string): number {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number)) throw usage(`--set ${name}=${value}: a quota is a number`);
  return number;
}

function usage(message: string): MillraceError {
  return new MillraceError('USAGE', message);
}

export const command: Command = group({ describe, alter });
