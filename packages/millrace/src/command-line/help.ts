import type { Action, Command } from './command.ts';
import { COMMON_OPTIONS } from './common-options.ts';
import { flagName, type Options } from './option.ts';

const COLUMN = 30;
const WIDTH = 118;

/** `millrace topics create TOPIC… [options]`. */
export function usageLine(path: string, action: Action): string {
  const args = Object.values(action.args).map(({ name, min, isMany }) => {
    const several = isMany ? `${name}…` : name;
    return min === 0 ? `[${several}]` : several;
  });
  return [`millrace ${path}`, ...args, '[options]'].join(' ');
}

/** The whole help of one action. */
export function actionHelp(path: string, action: Action): string {
  const { about, details, examples, json } = action;
  return [
    `Usage: ${usageLine(path, action)}\n\n${sentence(about)}\n`,
    details === '' ? '' : `${wrap(details, '')}\n`,
    section(
      'Arguments',
      Object.values(action.args).map(({ name, about: what }) => row(name, what)),
    ),
    section('Options', optionRows(action.options)),
    section('Options of every command', [...optionRows(COMMON_OPTIONS), row('--help', 'this text')]),
    section(
      'Examples',
      examples.map((example) => `  # ${example.about}\n  ${example.line}\n`),
    ),
    `With --json: ${json}\n`,
  ]
    .filter((part) => part !== '')
    .join('\n');
}

/** The list of a command's actions. */
export function groupHelp(name: string, about: string, command: Extract<Command, { kind: 'group' }>): string {
  const rows = Object.entries(command.actions).map(([action, { about: what }]) => row(action, what, 18));
  return [
    `Usage: millrace ${name} ACTION [options]\n\n${sentence(about)}\n`,
    section('Actions', rows),
    command.otherwise === null ? '' : `Without an action, ${command.otherwise} is meant.\n`,
    `millrace ${name} ACTION --help tells the options of one.\n`,
  ]
    .filter((part) => part !== '')
    .join('\n');
}

/** How an option is written: `--partitions COUNT`. */
export function optionTitle(name: string, value: string | null): string {
  return value === null ? `--${flagName(name)}` : `--${flagName(name)} ${value}`;
}

/** What is said of an option: its meaning, its default, whether it must or may be given several times. */
export function optionText({ about, fallback, isRequired, isRepeatable, aliases }: Options[string]): string {
  const notes = [
    isRequired ? 'required' : '',
    isRepeatable ? 'may be given several times' : '',
    fallback === null ? '' : `default: ${fallback}`,
    aliases.length === 0
      ? ''
      : `also ${aliases.map((alias) => (alias.length === 1 ? `-${alias}` : `--${alias}`)).join(', ')}`,
  ].filter((note) => note !== '');
  return notes.length === 0 ? about : `${about} (${notes.join('; ')})`;
}

export function sentence(about: string): string {
  return `${about[0]!.toUpperCase()}${about.slice(1)}.`;
}

function optionRows(options: Options): string[] {
  return Object.entries(options).map(([name, option]) => row(optionTitle(name, option.value), optionText(option)));
}

function section(title: string, rows: readonly string[]): string {
  return rows.length === 0 ? '' : `${title}:\n${rows.join('')}`;
}

function row(title: string, text: string, column: number = COLUMN): string {
  const indent = ' '.repeat(column + 2);
  const body = wrap(text, indent).trimStart();
  return title.length < column ? `  ${title.padEnd(column)}${body}\n` : `  ${title}\n${indent}${body}\n`;
}

/** Breaks text at spaces, every line with the indent. */
function wrap(text: string, indent: string): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!;
    if (line !== '' && indent.length + line.length + 1 + word.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.map((line) => indent + line).join('\n');
}
