import { MillraceError } from '@millrace/base';
import { type ApiName, type ApiVersionsResponse, apis, type Connection, ErrorCode } from '@millrace/protocol';
import { throwIfError } from '../lib/errors.ts';

const SOFTWARE_NAME = 'millrace';
const SOFTWARE_VERSION = '0.1.0';

/**
 * The newest versions that the logic of this client knows how to use, where the codec knows newer ones: from these on
 * topics are named by id, or fields need decisions that are not made here.
 */
const VERSION_MAX: Partial<Readonly<Record<ApiName, number>>> = {
  Produce: 12,
  Fetch: 17,
  OffsetCommit: 9,
  OffsetFetch: 9,
  InitProducerId: 5,
  // Later ones are for brokers among themselves.
  AddPartitionsToTxn: 3,
};

const TRANSACTION_FEATURE = 'transaction.version';

/** The version of each API to use with one broker: the newest that both sides know. */
export type VersionTable = {
  /** @throws MillraceError `UNSUPPORTED_VERSION` when both sides share no version of this API. */
  versionOf(api: ApiName): number;
  /** Whether the broker serves this version of the API, or a newer one. */
  offers(api: ApiName, version: number): boolean;
  /** The level of the feature `transaction.version` (KIP-890); 0 where the broker does not tell. */
  readonly transactionLevel: number;
};

/** Asks a broker for its versions; one that does not know our way to ask is asked in the oldest. */
export async function negotiateVersions(connection: Connection): Promise<VersionTable> {
  const request = { clientSoftwareName: SOFTWARE_NAME, clientSoftwareVersion: SOFTWARE_VERSION };
  let response = await connection.send('ApiVersions', apis.ApiVersions.maxVersion, request);
  if (response.errorCode === ErrorCode.UNSUPPORTED_VERSION) {
    const offered = response.apiKeys.find((range) => range.apiKey === apis.ApiVersions.key)?.maxVersion ?? 0;
    response = await connection.send('ApiVersions', Math.min(offered, apis.ApiVersions.maxVersion), request);
  }
  throwIfError(response.errorCode, "asking for the broker's API versions");
  return versionTable(response);
}

function versionTable(response: ApiVersionsResponse): VersionTable {
  const ranges = new Map(response.apiKeys.map((range) => [range.apiKey, range]));
  const feature = response.finalizedFeatures.find(({ name }) => name === TRANSACTION_FEATURE);
  return {
    transactionLevel: feature?.maxVersionLevel ?? 0,
    offers: (api, version) => (ranges.get(apis[api].key)?.maxVersion ?? -1) >= version,
    versionOf(api) {
      const codec = apis[api];
      const range = ranges.get(codec.key);
      const newestKnown = VERSION_MAX[api] ?? codec.maxVersion;
      if (range === undefined) throw unsupported(`the broker does not offer ${api}`);
      const version = Math.min(newestKnown, range.maxVersion);
      if (version < Math.max(range.minVersion, codec.minVersion)) {
        const offered = `${range.minVersion} to ${range.maxVersion}`;
        throw unsupported(
          `the broker offers ${api} ${offered}, this client knows ${codec.minVersion} to ${newestKnown}`,
        );
      }
      return version;
    },
  };
}

function unsupported(what: string): MillraceError {
  return new MillraceError('UNSUPPORTED_VERSION', what);
}
