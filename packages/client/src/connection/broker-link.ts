import type { ApiName, ApiTypes, Connection, SendOptions } from '@millrace/protocol';
import { negotiateVersions, type VersionTable } from './versions.ts';

/** A connection and the versions agreed on it: requests are written for the version they will be sent in. */
export class BrokerLink {
  readonly #connection: Connection;
  readonly #versions: VersionTable;

  private constructor(connection: Connection, versions: VersionTable) {
    this.#connection = connection;
    this.#versions = versions;
  }

  static async over(connection: Connection): Promise<BrokerLink> {
    return new BrokerLink(connection, await negotiateVersions(connection));
  }

  static with(connection: Connection, versions: VersionTable): BrokerLink {
    return new BrokerLink(connection, versions);
  }

  get isOpen(): boolean {
    return this.#connection.isOpen;
  }

  /** @throws MillraceError `UNSUPPORTED_VERSION` when both sides share no version of this API. */
  versionOf(api: ApiName): number {
    return this.#versions.versionOf(api);
  }

  /** Whether the broker serves this version of an API, or a newer one. */
  offers(api: ApiName, version: number): boolean {
    return this.#versions.offers(api, version);
  }

  /** Which protocol of transactions the broker wants spoken: 2 is that of KIP-890. */
  get transactionLevel(): number {
    return this.#versions.transactionLevel;
  }

  /** Sends a request in the newest version that both sides know, or in `versionMax` if that is older. */
  async call<A extends ApiName>(
    api: A,
    request: ApiTypes[A]['request'] | ((version: number) => ApiTypes[A]['request']),
    { versionMax = Number.POSITIVE_INFINITY, ...options }: SendOptions & { readonly versionMax?: number } = {},
  ): Promise<ApiTypes[A]['response']> {
    const version = Math.min(this.#versions.versionOf(api), versionMax);
    const message = typeof request === 'function' ? request(version) : request;
    return await this.#connection.send(api, version, message, options);
  }

  close(): Promise<void> {
    return this.#connection.close();
  }
}
