import { MillraceError } from '@millrace/base';

/** The parts of a URI as Java's java.net.URI has them: absent parts are null, escapes are decoded. */
export type UrlParts = {
  readonly protocol: string | null;
  readonly host: string | null;
  readonly port: number | null;
  readonly path: string;
  readonly query: string | null;
  readonly fragment: string | null;
};

const URI = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;
const AUTHORITY = /^(?:[^@]*@)?(\[[^\]]*\]|[^:]*)(?::(\d*))?$/;

/** @throws MillraceError `INVALID_URL` */
export function parseUrl(text: string): UrlParts {
  const match = /[\s<>"{}|\\^`]/.test(text) ? null : URI.exec(text);
  if (match === null) throw new MillraceError('INVALID_URL', `URL input has invalid syntax: ${text}`);
  const [, protocol, authority, path = '', query, fragment] = match;
  const parts = authority === undefined ? null : AUTHORITY.exec(authority);
  return {
    protocol: protocol ?? null,
    host: parts?.[1] || null,
    port: parts?.[2] ? Number(parts[2]) : null,
    path: decode(path),
    query: query === undefined ? null : decode(query),
    fragment: fragment === undefined ? null : decode(fragment),
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new MillraceError('INVALID_URL', `URL input has invalid escapes: ${text}`, { cause });
  }
}
