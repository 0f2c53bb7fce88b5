import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { registry } from '../packages/broker/src/apis/registry.ts';
import { BROKER_CONFIGS } from '../packages/broker/src/cluster/broker-configs.ts';
import { HELP as BROKER_HELP } from '../packages/broker/src/process/help.ts';
import { builtInFunctions } from '../packages/ksql/src/functions/built-in.ts';
import type { SqlFunction } from '../packages/ksql/src/functions/function.ts';
import { printParameters, printParameterType } from '../packages/ksql/src/functions/parameter.ts';
import { toolReference } from '../packages/millrace/src/command-line/reference.ts';
import { TOOLS } from '../packages/millrace/src/commands/catalogue.ts';
import { scriptOptions } from './script-options.ts';
import { statementsPage } from './sql-reference.ts';

/**
 * Writes `docs/reference/` from the definitions themselves: SQL's statements and functions with their examples, the APIs that
 * the broker serves, and the commands. With `--check` it writes nothing and fails if a page is not as it would be written.
 */
const folder: string = join(import.meta.dirname, '../docs/reference');

const GENERATED = '<!-- Written by `npm run docs` from the definitions. Do not edit. -->\n';

function functionsPage(): string {
  const functions = builtInFunctions().list();
  const categories = [...new Set(functions.map(({ category }) => category))].sort();
  const sections = categories.map((category) => {
    const own = functions.filter((each) => each.category === category);
    return `## ${category}\n\n${own.map(functionEntry).join('\n')}`;
  });
  return `${GENERATED}# SQL functions\n\n${functions.length} functions. A null argument gives null unless said otherwise.\n\n${sections.join('\n')}`;
}

function functionEntry(each: SqlFunction): string {
  const name = each.name.toUpperCase();
  const signatures = each.overloads.map(
    ({ parameters, returns }) => `    ${name}${printParameters(parameters)} → ${printParameterType(returns.type)}`,
  );
  const examples =
    each.kind === 'scalar' && each.examples.length > 0
      ? `\n${each.examples.map(({ call, result }) => `- \`${call}\` = ${result === null ? 'null' : `\`${result}\``}`).join('\n')}\n`
      : '';
  return `### ${name}\n${each.description}\n\n${signatures.join('\n')}\n${examples}`;
}

function protocolPage(): string {
  const rows = registry().map(
    ({ key, name, minVersion, maxVersion }) => `| ${key} | ${name} | ${minVersion}–${maxVersion} |`,
  );
  return `${GENERATED}# APIs of the broker\n\nEach file under \`packages/broker/src/apis\` says what its versions added and what is left out.\n\n| key | API | versions |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
}

async function commandsPage(): Promise<string> {
  const tools = await Promise.all(
    Object.entries(TOOLS).map(async ([name, { about, load }]) => ({ name, about, command: await load() })),
  );
  const broker = `## millrace broker\n\n\`\`\`text\n${BROKER_HELP}\`\`\`\n\nEvery config: [broker-configs.md](broker-configs.md).\n`;
  return `${GENERATED}# The command \`millrace\`\n\n${broker}\n${toolReference(tools)}`;
}

function configsPage(): string {
  const rows = BROKER_CONFIGS.toSorted((left, right) => (left.name < right.name ? -1 : 1)).map(
    ({ name, type, default: value, documentation, isDynamic }) =>
      `| \`${name}\` | ${type} | ${value === null || value === '' ? '' : `\`${value}\``} | ${isDynamic === true ? 'yes' : ''} | ${documentation} |`,
  );
  const head = `| config | type | default | while running | |\n| --- | --- | --- | --- | --- |\n`;
  return `${GENERATED}# Configs of the broker\n\nUnder Kafka's names. In a file (\`--config\`), in the environment as \`KAFKA_NUM_PARTITIONS\`, or by \`--set\`; those that may be changed
while the broker runs, also by \`millrace configs alter broker\`.\n\n${head}${rows.join('\n')}\n`;
}

const pages: Readonly<Record<string, string>> = {
  'sql-functions.md': functionsPage(),
  'sql-statements.md': `${GENERATED}${statementsPage()}`,
  'broker-apis.md': protocolPage(),
  'broker-configs.md': configsPage(),
  'cli.md': await commandsPage(),
};
const USAGE = `usage: npm run docs -- [options]
  --check           writes nothing, and fails if a page is not up to date
`;
const { check: isCheck } = scriptOptions(USAGE, { check: { type: 'boolean', default: false } }).values;
mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(pages)) {
  const path = join(folder, name);
  if (!isCheck) writeFileSync(path, text);
  else if (readFileSync(path, 'utf8') !== text) {
    process.stderr.write(`docs/reference/${name} is not as it would be written: npm run docs\n`);
    process.exitCode = 1;
  }
}
