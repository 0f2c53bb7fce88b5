import { MillraceError } from '@millrace/base';
import { action, type Command, group, many } from '../command-line/command.ts';
import { choice, flag, parseWholeNumber } from '../command-line/option.ts';
import { lines, table } from '../command-line/table.ts';

const describe = action({
  about: 'tell the features that brokers know, and the level at which the cluster runs each',
  examples: [{ about: 'such as transaction.version', line: 'millrace features describe' }],
  json: '[{ name: string, minVersion: number, maxVersion: number, finalizedLevel: number | null }]',
  run: async ({ admin }) => await (await admin()).describeFeatures(),
  print: (features) =>
    table(
      ['FEATURE', 'MIN', 'MAX', 'LEVEL'],
      features.map(({ name, minVersion, maxVersion, finalizedLevel }) => [
        name,
        minVersion,
        maxVersion,
        finalizedLevel,
      ]),
    ),
});

const update = action({
  about: 'raise or lower the level of features',
  args: { features: many('NAME=LEVEL', 'a feature and its new level; 0 turns it off') },
  options: {
    downgrade: choice(['safe', 'unsafe'], 'lower it: safe loses no metadata, unsafe may'),
    dryRun: flag('checks, and changes nothing'),
  },
  examples: [{ about: 'the newer protocol of transactions', line: 'millrace features update transaction.version=2' }],
  json: '{ updated: [{ name: string, level: number }], isDryRun: boolean }',
  async run({ args, options, ...call }) {
    const updated = args.features.map(parseFeature);
    const admin = await call.admin();
    const upgradeType = options.downgrade === undefined ? 'upgrade' : (`${options.downgrade}-downgrade` as const);
    await admin.updateFeatures(
      updated.map((feature) => ({ ...feature, upgradeType })),
      { validateOnly: options.dryRun },
    );
    return { updated, isDryRun: options.dryRun };
  },
  print: ({ updated, isDryRun }) =>
    lines(updated.map(({ name, level }) => `${isDryRun ? 'Would set' : 'Set'} ${name} to ${level}`)),
});

function parseFeature(given: string): { readonly name: string; readonly level: number } {
  const match = /^([^=]+)=(\d+)$/.exec(given);
  if (match === null) throw new MillraceError('USAGE', `'${given}' is not NAME=LEVEL`);
  return { name: match[1]!, level: parseWholeNumber(match[2]!) };
}

export const command: Command = group({ describe, update });
