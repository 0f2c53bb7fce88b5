import { MillraceError } from '@millrace/base';
import { decodeUtf8 } from '../../lib/utf8.ts';

/** The parts of a URI as Java's java.net.URI has them: absent parts are null, escapes are decoded. */
export type UrlParts = {
  readonly protocol: string | null;
  readonly host: string | null;
  readonly port: number | null;
  readonly path: string | null;
  readonly query: string | null;
  readonly fragment: string | null;
};

/** What a part may be made of: some ASCII characters, escapes, and all beyond ASCII but blanks and controls. */
const ESCAPED = '%[0-9A-Fa-f]{2}|[^\\u0000-\\u00a0\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\u1680]';
const UNRESERVED = "A-Za-z0-9_.!~*'()\\-";
const partOf = (characters: string): RegExp => new RegExp(`^(?:[${characters}]|${ESCAPED})*$`);
const PATH = partOf(`${UNRESERVED}:@&=+$,;/`);
const URIC = partOf(`${UNRESERVED};/?:@&=+$,[\\]`);
const REGISTRY_NAME = partOf(`${UNRESERVED}$,;:@&=+`);
const USER = partOf(`${UNRESERVED};:&=+$,`);

const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*$/;
const HIERARCHY = /^(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?$/s;
const SERVER = /^(?:([^@]*)@)?(\[[0-9A-Fa-f:.%A-Za-z]*\]|[^:[\]]*)(?::(\d*))?$/;
const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?';
const HOST = new RegExp(`^(?:(?:${LABEL}\\.)*[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?\\.?|\\d{1,3}(?:\\.\\d{1,3}){3})$`);
/** The one label that a host has may begin with a digit. */
const ONE_LABEL = new RegExp(`^${LABEL}$`);
const PORT_MAX = 2 ** 31 - 1;

/** @throws MillraceError `INVALID_URL` for what java.net.URI refuses */
export function parseUrl(text: string): UrlParts {
  const hash = text.indexOf('#');
  const fragment = hash < 0 ? null : text.slice(hash + 1);
  const [scheme, rest] = splitScheme(hash < 0 ? text : text.slice(0, hash), text);
  if (fragment !== null) check(fragment, URIC, text);
  const common = { protocol: scheme, fragment: decode(fragment) };
  if (scheme !== null && !rest.startsWith('/')) {
    if (rest === '') throw invalid(text);
    check(rest, URIC, text);
    return { ...common, host: null, port: null, path: null, query: null };
  }
  const [, authority, path = '', query] = HIERARCHY.exec(rest)!;
  if (authority === '' && path === '' && query === undefined && fragment === null) throw invalid(text);
  check(path, PATH, text);
  if (query !== undefined) check(query, URIC, text);
  const { host, port } = authority ? serverOf(authority, text) : { host: null, port: null };
  return { ...common, host, port, path: decode(path), query: decode(query ?? null) };
}

/** A scheme ends at the first colon that comes before a slash or a question mark. */
function splitScheme(text: string, whole: string): readonly [string | null, string] {
  const end = text.search(/[:/?]/);
  if (end < 0 || text[end] !== ':') return [null, text];
  const scheme = text.slice(0, end);
  if (!SCHEME.test(scheme)) throw invalid(whole);
  return [scheme, text.slice(end + 1)];
}

/** An authority that names no server, such as `my_host`, is none to ask for a host. */
function serverOf(authority: string, whole: string): Pick<UrlParts, 'host' | 'port'> {
  const match = SERVER.exec(authority);
  const [, user = '', host = '', port = ''] = match ?? [];
  const isHost = host.startsWith('[') ? host.length > 2 : HOST.test(host) || ONE_LABEL.test(host);
  if (match !== null && USER.test(user) && isHost && Number(port) <= PORT_MAX) {
    return { host, port: port === '' ? null : Number(port) };
  }
  check(authority, REGISTRY_NAME, whole);
  return { host: null, port: null };
}

function check(part: string, allowed: RegExp, whole: string): void {
  if (!allowed.test(part)) throw invalid(whole);
}

function invalid(text: string): MillraceError {
  return new MillraceError('INVALID_URL', `URL input has invalid syntax: ${text}`);
}

function decode(text: string | null): string | null {
  return text === null ? null : decodeEscapes(text);
}

/**
 * Escapes stand for bytes of UTF-8; bytes that are none become replacement characters.
 * @throws MillraceError `INVALID_URL` for a percent sign that begins no escape
 */
export function decodeEscapes(text: string): string {
  if (/%(?![0-9A-Fa-f]{2})/.test(text)) throw new MillraceError('INVALID_URL', `Escapes are incomplete: ${text}`);
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (escapes) =>
    decodeUtf8(Uint8Array.from(escapes.slice(1).split('%'), (digits) => Number.parseInt(digits, 16))),
  );
}
