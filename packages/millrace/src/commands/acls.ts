import { MillraceError } from '@millrace/base';
import type { AclBinding, AclFilter } from '@millrace/client';
import { action, type Command, group } from '../command-line/command.ts';
import { flag } from '../command-line/option.ts';
import { table } from '../command-line/table.ts';
import { FILTER_OPTIONS, filtersOf } from './acls/filters.ts';
import { RESOURCE_OPTIONS, RULE_OPTIONS, resourcesOf, rulesOf } from './acls/rules.ts';

const SHAPE =
  '[{ resourceType: string, resourceName: string, patternType: string, principal: string, host: string, ' +
  'operation: string, permission: string }]';

const list = action({
  about: 'list access rules',
  details: 'Without options all rules; each option narrows them down.',
  options: { ...RESOURCE_OPTIONS, ...FILTER_OPTIONS },
  examples: [
    { about: 'all rules', line: 'millrace acls list' },
    {
      about: 'whatever concerns a topic, also by prefix and *',
      line: 'millrace acls list --topic orders --pattern match',
    },
  ],
  json: SHAPE,
  async run({ options, ...call }) {
    const admin = await call.admin();
    const found = await Promise.all(filtersOf(options).map((filter: AclFilter) => admin.describeAcls(filter)));
    return found.flat();
  },
  print: printRules,
});

const add = action({
  about: 'add access rules',
  details:
    '--producer and --consumer stand for all that these need: to write, describe and create the topics (and to write and ' +
    'describe the transactional ids), or to read and describe the topics and read the groups.',
  options: { ...RESOURCE_OPTIONS, ...RULE_OPTIONS, dryRun: flag('tell the rules, and add none') },
  examples: [
    {
      about: 'a producer, also with transactions',
      line: 'millrace acls add --allow User:alice --producer --topic orders --transactional-id billing',
    },
    { about: 'a consumer', line: 'millrace acls add --allow User:bob --consumer --topic orders --group billing' },
    {
      about: 'everybody may describe all topics that begin with public-',
      line: "millrace acls add --allow 'User:*' --operation describe --topic public- --pattern prefixed",
    },
  ],
  json: SHAPE,
  async run({ options, admin }) {
    const rules = rulesOf(options);
    if (!options.dryRun) await (await admin()).createAcls(rules);
    return rules;
  },
  print: printRules,
});

const remove = action({
  about: 'delete access rules',
  details: 'Deletes every rule that matches: at least a resource or a principal must be named, or --all.',
  options: {
    ...RESOURCE_OPTIONS,
    ...FILTER_OPTIONS,
    all: flag('all rules there are'),
    dryRun: flag('tell the rules, and delete none'),
  },
  examples: [
    { about: 'what a user may do with a topic', line: 'millrace acls remove --principal User:alice --topic orders' },
  ],
  json: SHAPE,
  async run({ options, ...call }) {
    const isNarrowed = resourcesOf(options).length > 0 || options.principal !== undefined;
    if (!isNarrowed && !options.all)
      throw new MillraceError('USAGE', 'which rules? Name a resource, --principal or --all');
    const admin = await call.admin();
    const filters = filtersOf(options);
    if (!options.dryRun) return await admin.deleteAcls(filters);
    return (await Promise.all(filters.map((filter: AclFilter) => admin.describeAcls(filter)))).flat();
  },
  print: printRules,
});

function printRules(rules: readonly AclBinding[]): string {
  return table(
    ['RESOURCE', 'NAME', 'PATTERN', 'PRINCIPAL', 'HOST', 'OPERATION', 'PERMISSION'],
    rules.map((rule) => [
      rule.resourceType,
      rule.resourceName,
      rule.patternType,
      rule.principal,
      rule.host,
      rule.operation,
      rule.permission,
    ]),
  );
}

export const command: Command = group({ list, add, remove });
