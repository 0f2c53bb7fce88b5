import type { FunctionDescriptionEntity } from '../rest-client/entities.ts';

const LABEL_WIDTH = 12;
const TAB = '\t';
const TAB_WIDTH = 2;
const WIDTH_MIN = 80;

/** DESCRIBE FUNCTION. */
export function functionLines(described: FunctionDescriptionEntity, width: number): readonly string[] {
  const name = described.name.toUpperCase();
  const { author, version, description, type, path, functions } = described;
  const about = (label: string, text: string, indent = ''): readonly string[] => {
    return text.trim() === '' ? [] : paragraph(label, text.trim(), { indent, width });
  };
  return [
    line('Name', name),
    ...about('Author', author),
    ...about('Version', version),
    ...about('Overview', description),
    line('Type', type),
    line('Jar', path),
    line('Variations', ''),
    ...functions.flatMap((variation) => [
      '',
      `${TAB}${line('Variation', `${name}(${variation.arguments.map(argumentText).join(', ')})`)}`,
      `${TAB}${line('Returns', variation.returnType)}`,
      ...about('Description', variation.description, TAB),
      ...variation.arguments.flatMap((argument) => about(argument.name, argument.description, TAB)),
    ]),
  ];
}

type Argument = FunctionDescriptionEntity['functions'][number]['arguments'][number];

function argumentText({ name, type, isVariadic }: Argument): string {
  const full = isVariadic ? `${type}[]` : type;
  return name === '' ? full : `${name} ${full}`;
}

function line(label: string, value: string): string {
  return `${label.padEnd(LABEL_WIDTH)}: ${value}`;
}

/** A longer text beside its label, broken at spaces. */
function paragraph(
  label: string,
  text: string,
  { indent, width }: { readonly indent: string; readonly width: number },
): readonly string[] {
  const margin = Math.max(label.length, LABEL_WIDTH) + 2 + (indent === TAB ? TAB_WIDTH : 0);
  const [first = '', ...others] = brokenAtSpaces(text, Math.max(width, WIDTH_MIN) - margin);
  return [`${indent}${line(label, first)}`, ...others.map((other) => ' '.repeat(margin) + other)];
}

function brokenAtSpaces(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap((given) => {
    const lines = [''];
    for (const word of given.split(' ')) {
      const last = lines.at(-1)!;
      if (last !== '' && last.length + 1 + word.length > width) lines.push(word);
      else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
    }
    return lines;
  });
}
