import { apiDeclarations, messageDeclarations } from '../../src/messages/all.ts';
import { type ApiDeclaration, type MessageDeclaration, messagesOf } from '../../src/schema.ts';
import { writeApis } from './apis.ts';
import { Code } from './code.ts';
import { writeDecoder } from './decode.ts';
import { writeEncoder } from './encode.ts';
import { writeInterface } from './interfaces.ts';
import { hasUsefulDefault, type Shape, shapesOf } from './model.ts';
import { codecName, kebabCase } from './names.ts';

const HEADER =
  '// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.\n';

/** The generated files by name. */
export function generateFiles(): Map<string, string> {
  const files = new Map<string, string>();
  const names = new Map<string, string[]>();
  const add = (file: string, messages: readonly MessageDeclaration[]): void => {
    const shapes = messages.map((declaration) => shapesOf(declaration));
    files.set(file, messageFile(messages, shapes));
    names.set(
      file,
      shapes.flat().flatMap((shape) => publicNames(shape)),
    );
  };
  for (const declaration of apiDeclarations) {
    const { request, response } = messagesOf(declaration);
    add(`${kebabCase(declaration.name)}.ts`, [request, response]);
  }
  for (const declaration of messageDeclarations) add(`${kebabCase(declaration.name)}.ts`, [declaration]);
  files.set('apis.ts', HEADER + writeApis(apiDeclarations, fileOf));
  files.set('public.ts', HEADER + publicFile(names, messageDeclarations));
  return files;
}

function messageFile(messages: readonly MessageDeclaration[], shapes: readonly (readonly Shape[])[]): string {
  const code = new Code();
  messages.forEach((declaration, index) => {
    const ofMessage = shapes[index]!;
    for (const shape of ofMessage) writeInterface(code, shape, ofMessage);
    for (const shape of ofMessage) {
      const exported = shape.name === declaration.name;
      writeEncoder(code, shape, ofMessage, exported);
      writeDecoder(code, shape, ofMessage, exported);
    }
  });
  const body = code.text().replace(/\n+$/, '\n');
  const codecs = messages.length === 1 ? `\n${messageCodec(messages[0]!)}` : '';
  return `${HEADER}${imports(body + codecs)}\n${body}${codecs}`;
}

function messageCodec(declaration: MessageDeclaration): string {
  const { name, versions } = declaration;
  return [
    `export const ${codecName(name)}: MessageCodec<${name}> = {`,
    `  name: '${name}',`,
    `  minVersion: ${versions.first},`,
    `  maxVersion: ${versions.last},`,
    `  recordType: ${declaration.recordType ?? null},`,
    `  encode: encode${name},`,
    `  decode: decode${name},`,
    '};',
    '',
  ].join('\n');
}

/** The import lines that a generated text needs. */
function imports(body: string): string {
  const uses = (name: string): boolean => new RegExp(`\\b${name}\\b`).test(body);
  const from = (module: string, names: readonly string[]): string[] => {
    const used = names.filter((name) => uses(name));
    return used.length === 0 ? [] : [`import { ${used.join(', ')} } from '${module}';`];
  };
  const lists = [...new Set(body.match(/\bread\w+List\b/g) ?? [])].sort();
  return [
    ...(uses('MessageCodec') ? ["import type { MessageCodec } from '../api.ts';"] : []),
    ...from('../lib/int64.ts', ['LONG_MAX']),
    ...from('../lib/no-bytes.ts', ['NO_BYTES']),
    ...from('../lib/unsupported.ts', ['nonNull', 'unsupportedField']),
    ...from('../lib/uuid.ts', ['ZERO_UUID']),
    ...from('../lists.ts', lists),
    "import type { Reader } from '../reader.ts';",
    "import type { Writer } from '../writer.ts';",
    '',
  ].join('\n');
}

function publicNames(shape: Shape): string[] {
  const names = [`type ${shape.name}`];
  if (shape.fields.some((field) => hasUsefulDefault(field, shape))) names.push(`${shape.name}Defaults`);
  return names;
}

function publicFile(names: ReadonlyMap<string, readonly string[]>, messages: readonly MessageDeclaration[]): string {
  const lines = ["export { type Api, type ApiName, type ApiTypes, apiByKey, apis } from './apis.ts';"];
  for (const [file, ofFile] of names) {
    const codec = messages.find((declaration) => fileOf(declaration) === file);
    const all = codec === undefined ? ofFile : [...ofFile, codecName(codec.name)];
    lines.push('export {', ...all.map((name) => `  ${name},`), `} from './${file}';`);
  }
  return `${lines.join('\n')}\n`;
}

function fileOf(declaration: ApiDeclaration | MessageDeclaration): string {
  return `${kebabCase(declaration.name)}.ts`;
}
