import type { Action, Command } from './command.ts';
import { COMMON_OPTIONS } from './common-options.ts';
import { optionText, optionTitle, sentence, usageLine } from './help.ts';
import type { Options } from './option.ts';

export type Documented = { readonly name: string; readonly about: string; readonly command: Command };

/** The page of all tools in Markdown: what `--help` says, from the same definitions. */
export function toolReference(tools: readonly Documented[]): string {
  const list = tools.map(({ name, about }) => `| [\`millrace ${name}\`](#millrace-${name}) | ${about} |`);
  return [
    '## Tools\n',
    'They work against this broker and any Kafka. `millrace COMMAND --help` says the same as this page.\n',
    `| command | |\n| --- | --- |\n${list.join('\n')}\n`,
    '### Options of every tool\n',
    optionList(COMMON_OPTIONS),
    'Exit codes: 0 done, 1 failed, 2 not understood, 130 interrupted. With `--json` errors are JSON, too, on standard error:',
    '`{ "error": { "code": "…", "message": "…" } }`.\n',
    ...tools.map(toolSection),
  ].join('\n');
}

function toolSection({ name, about, command }: Documented): string {
  const heading = `## millrace ${name}\n\n`;
  if (command.kind === 'single') return `${heading}${actionSection(name, command.action)}`;
  const actions = Object.entries(command.actions).map(
    ([action, each]) => `### millrace ${name} ${action}\n\n${actionSection(`${name} ${action}`, each)}`,
  );
  return `${heading}${sentence(about)}\n\n${actions.join('\n')}`;
}

function actionSection(path: string, action: Action): string {
  const { about, details, args, options, examples, json } = action;
  const positions = Object.values(args).map((argument) => `- \`${argument.name}\` – ${plain(argument.about)}`);
  const lines = examples.flatMap((example) => [`# ${example.about}`, example.line]);
  return [
    `    ${usageLine(path, action)}\n`,
    `${[sentence(plain(about)), plain(details)].filter((text) => text !== '').join(' ')}\n`,
    [...positions, optionList(options).trimEnd()].filter((text) => text !== '').join('\n'),
    `\n\`\`\`sh\n${lines.join('\n')}\n\`\`\`\n`,
    `With \`--json\`: \`${json}\`\n`,
  ].join('\n');
}

function optionList(options: Options): string {
  const rows = Object.entries(options).map(
    ([name, option]) => `- \`${optionTitle(name, option.value)}\` – ${plain(optionText(option))}`,
  );
  return rows.length === 0 ? '' : `${rows.join('\n')}\n`;
}

/** Asterisks, underscores and angle brackets of plain text must not become markup. */
function plain(text: string): string {
  return text.replace(/[*_<>|]/g, (character) => `\\${character}`);
}
