import { MillraceError } from '@millrace/base';
import {
  isKnown,
  isMapEntry,
  isScalar,
  mapEntry,
  type ProtoField,
  type ProtoMessage,
  type ProtoType,
  wrappedScalar,
} from './proto-schema.ts';
import { ProtoTokens } from './proto-tokens.ts';

/** Declarations by full name; bodies are filled in while reading, so that messages may refer to later ones. */
type Declaration =
  | { readonly kind: 'message'; readonly message: ProtoMessage; readonly fields: ProtoField[] }
  | { readonly kind: 'enum'; readonly values: Map<number, string> };

type File = {
  readonly declarations: Map<string, Declaration>;
  readonly topLevel: ProtoMessage[];
  /** Fields whose types are looked up when all is read. */
  readonly pending: (() => void)[];
};

/**
 * The top-level messages of a proto3 text, in order.
 * @param references texts of the files that it imports
 * @throws MillraceError `INVALID_SCHEMA`
 */
export function parseProto(text: string, references: readonly string[] = []): readonly ProtoMessage[] {
  const declarations = new Map<string, Declaration>();
  for (const reference of references) readFile(reference, declarations);
  return readFile(text, declarations);
}

function readFile(text: string, declarations: Map<string, Declaration>): readonly ProtoMessage[] {
  const file: File = { declarations, topLevel: [], pending: [] };
  const tokens = new ProtoTokens(text);
  let scope = '';
  while (tokens.peek() !== undefined) {
    const word = tokens.next();
    if (word === 'package') {
      scope = tokens.next();
      tokens.expect(';');
    } else if (word === 'message') file.topLevel.push(readMessage(tokens, scope, file));
    else if (word === 'enum') readEnum(tokens, scope, file);
    else if (word !== ';') tokens.skipTo(word === 'service' || word === 'extend' ? '}' : ';');
  }
  for (const resolve of file.pending) resolve();
  for (const declaration of declarations.values()) if (declaration.kind === 'message') findMaps(declaration.fields);
  return file.topLevel;
}

const within = (scope: string, name: string): string => (scope === '' ? name : `${scope}.${name}`);

function readMessage(tokens: ProtoTokens, outer: string, file: File): ProtoMessage {
  const name = tokens.next();
  const scope = within(outer, name);
  const fields: ProtoField[] = [];
  const message: ProtoMessage = { name, fields };
  file.declarations.set(scope, { kind: 'message', message, fields });
  tokens.expect('{');
  readBody(tokens, { scope, file, fields, oneof: null });
  return message;
}

type Body = {
  readonly scope: string;
  readonly file: File;
  readonly fields: ProtoField[];
  readonly oneof: string | null;
};

function readBody(tokens: ProtoTokens, body: Body): void {
  while (!tokens.take('}')) {
    const word = tokens.next();
    switch (word) {
      case ';':
        break;
      case 'message':
        readMessage(tokens, body.scope, body.file);
        break;
      case 'enum':
        readEnum(tokens, body.scope, body.file);
        break;
      case 'oneof': {
        const oneof = tokens.next();
        tokens.expect('{');
        readBody(tokens, { ...body, oneof });
        break;
      }
      case 'reserved':
      case 'option':
      case 'extensions':
        tokens.skipTo(';');
        break;
      default:
        readField(word, tokens, body);
    }
  }
}

function readEnum(tokens: ProtoTokens, outer: string, file: File): void {
  const values = new Map<number, string>();
  file.declarations.set(within(outer, tokens.next()), { kind: 'enum', values });
  tokens.expect('{');
  while (!tokens.take('}')) {
    const name = tokens.next();
    if (name === 'option' || name === 'reserved') {
      tokens.skipTo(';');
      continue;
    }
    tokens.expect('=');
    values.set(Number(tokens.next()), name);
    tokens.skipTo(';');
  }
}

function readField(first: string, tokens: ProtoTokens, body: Body): void {
  const labelled = first === 'optional' || first === 'repeated' || first === 'required';
  const typeName = labelled ? tokens.next() : first;
  const map = typeName === 'map' ? readMapTypes(tokens) : undefined;
  const name = tokens.next();
  tokens.expect('=');
  const number = Number(tokens.next());
  const options = tokens.take('[') ? tokens.skipTo(']') : [];
  tokens.expect(';');
  const place = body.fields.push(undefined as unknown as ProtoField) - 1;
  const label = first === 'repeated' ? 'repeated' : first === 'optional' ? 'optional' : 'plain';
  body.file.pending.push(() => {
    const typeOf = (each: string): ProtoType => resolve(each, body, options);
    const plain = (each: string) => ({ type: typeOf(each), label: 'plain' as const });
    const type: ProtoType =
      map === undefined ? typeOf(typeName) : { kind: 'map', entry: mapEntry(name, plain(map[0]), plain(map[1])) };
    body.fields[place] = { name, number, type, label, oneof: body.oneof };
  });
}

/** Maps that were declared as what they are on the wire; the entries are complete by now. */
function findMaps(fields: ProtoField[]): void {
  for (const [place, field] of fields.entries()) {
    const { type, label } = field;
    if (label !== 'repeated' || type.kind !== 'message' || !isMapEntry(type.message)) continue;
    fields[place] = { ...field, type: { kind: 'map', entry: type.message }, label: 'plain' };
  }
}

function readMapTypes(tokens: ProtoTokens): readonly [string, string] {
  tokens.expect('<');
  const key = tokens.next();
  tokens.expect(',');
  const value = tokens.next();
  tokens.expect('>');
  return [key, value];
}

function resolve(written: string, { scope, file }: Body, options: readonly string[]): ProtoType {
  const name = written.replace(/^\./, '');
  if (isScalar(name)) return { kind: 'scalar', scalar: name };
  const wrapped = wrappedScalar(name);
  if (wrapped !== undefined) return { kind: 'wrapper', scalar: wrapped };
  if (isKnown(name)) {
    return {
      kind: 'known',
      name,
      precision: parameter(options, 'precision', 64),
      scale: parameter(options, 'scale', 0),
    };
  }
  const parts = scope.split('.');
  for (let count = parts.length; count >= 0; count--) {
    const full = within(parts.slice(0, count).join('.'), name);
    const found = file.declarations.get(full);
    if (found?.kind === 'message') return { kind: 'message', message: found.message };
    if (found?.kind === 'enum') return { kind: 'enum', name: full, values: found.values };
  }
  throw new MillraceError('INVALID_SCHEMA', `The .proto text refers to ${written}, which it does not declare`);
}

/** The value of `{ key: "scale", value: "2" }` among the options of a field, in whichever order it is written. */
function parameter(options: readonly string[], name: string, otherwise: number): number {
  const position = options.indexOf(`"${name}"`);
  if (position < 0) return otherwise;
  const start = options.lastIndexOf('{', position);
  const end = options.indexOf('}', position);
  const entry = options.slice(start, end);
  const value = entry[entry.indexOf('value') + 2];
  return value === undefined ? otherwise : Number(value.replaceAll('"', ''));
}
