import { createHash, timingSafeEqual } from 'node:crypto';
import fs from 'node:fs';
import { MillraceError } from '@millrace/base';
import type { ServerSettings } from './tls-settings.ts';

type User = { readonly name: string; readonly password: Buffer; readonly roles: readonly string[] };

export type BasicAuthenticationOptions = {
  /** Told to clients that have to log in. Default: `KsqlServer`. */
  readonly realm?: string;
  /** A user needs one of them; `*` and `**` stand for any, also for none. Default: `*`. */
  readonly roles?: readonly string[];
  /** Paths that anybody may ask. */
  readonly skipPaths?: readonly string[];
  /** A line a user, as Jetty's PropertyFileLoginModule has them: `name: password[,role…]`, the password plain or `MD5:hex`. */
  readonly users: string;
};

/** What is to be done with a request: let it in, ask who it is, or refuse it. */
export type Admission = 'admitted' | 'unknown' | 'forbidden';

/** HTTP's basic authentication with a few users, as ksqlDB's `authentication.method=BASIC`. */
export class BasicAuthentication {
  readonly realm: string;
  readonly #roles: readonly string[];
  readonly #skipPaths: ReadonlySet<string>;
  readonly #users: ReadonlyMap<string, User>;

  constructor({ realm = 'KsqlServer', roles = ['*'], skipPaths = [], users }: BasicAuthenticationOptions) {
    this.realm = realm;
    this.#roles = roles;
    this.#skipPaths = new Set(skipPaths);
    this.#users = new Map(usersOf(users).map((user) => [user.name, user]));
  }

  admit(path: string, authorization: string | undefined): Admission {
    if (this.#skipPaths.has(path)) return 'admitted';
    const user = this.#userOf(authorization);
    if (user === undefined) return 'unknown';
    const isAny = this.#roles.some((role) => role === '*' || role === '**');
    return isAny || user.roles.some((role) => this.#roles.includes(role)) ? 'admitted' : 'forbidden';
  }

  #userOf(authorization: string | undefined): User | undefined {
    const match = /^Basic\s+(\S+)$/i.exec(authorization ?? '');
    if (match === null) return undefined;
    const text = Buffer.from(match[1]!, 'base64').toString('utf8');
    const colon = text.indexOf(':');
    const user = this.#users.get(text.slice(0, colon));
    // Who is not there costs as much time as who gives a wrong password.
    const isRight = timingSafeEqual(digest(text.slice(colon + 1)), user?.password ?? NOBODY);
    return colon > 0 && isRight ? user : undefined;
  }
}

const NOBODY = Buffer.alloc(16);

/** The file's own digest: a password is compared by it, plain or not, so that all take the same time. */
function digest(password: string): Buffer {
  return createHash('md5').update(password).digest();
}

function usersOf(text: string): readonly User[] {
  return text.split(/\r?\n/).flatMap((line, index): readonly User[] => {
    if (/^\s*([#!].*)?$/.test(line)) return [];
    const match = /^\s*([^:=\s]+)\s*[:=]\s*([^,]*?)\s*(?:,(.*))?$/.exec(line);
    const secret = match?.[2] ?? '';
    if (match === null || secret === '') {
      throw new MillraceError('INVALID_CONFIG', `Line ${index + 1} of the users is no "name: password[,role…]"`);
    }
    if (/^(CRYPT|OBF):/.test(secret)) {
      throw new MillraceError('INVALID_CONFIG', `The password of ${match[1]} must be plain text or MD5:hex`);
    }
    const hashed = /^MD5:([0-9a-f]{32})$/i.exec(secret);
    const password = hashed === null ? digest(secret) : Buffer.from(hashed[1]!, 'hex');
    return [{ name: match[1]!, password, roles: listOf(match[3]) }];
  });
}

const listOf = (text: string | undefined): readonly string[] =>
  (text ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');

/** Where the users are; ksqlDB has it in a JAAS file. */
const USERS_FILE = 'authentication.users.file';

/**
 * Of the settings `authentication.…`; null without `authentication.method=BASIC`.
 * @throws MillraceError `INVALID_CONFIG`
 */
export function authenticationOfSettings(settings: ServerSettings): BasicAuthentication | null {
  const method = (settings['authentication.method'] ?? 'NONE').toUpperCase();
  if (method === 'NONE') return null;
  if (method !== 'BASIC') {
    throw new MillraceError('INVALID_CONFIG', `authentication.method=${method}: give NONE or BASIC`);
  }
  const file = settings[USERS_FILE];
  if (file === undefined) {
    throw new MillraceError('INVALID_CONFIG', `authentication.method=BASIC needs ${USERS_FILE}, a line a user`);
  }
  const roles = listOf(settings['authentication.roles']);
  const realm = settings['authentication.realm'];
  return new BasicAuthentication({
    users: readUsers(file),
    skipPaths: listOf(settings['authentication.skip.paths']),
    ...(roles.length === 0 ? {} : { roles }),
    ...(realm === undefined ? {} : { realm }),
  });
}

function readUsers(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw new MillraceError('INVALID_CONFIG', `${USERS_FILE}=${file} can't be read: ${(error as Error).message}`);
  }
}
