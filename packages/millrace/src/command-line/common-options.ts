import { flag, type Option, pairs, text, wholeNumber, withAliases, withDefault } from './option.ts';

/** The brokers that are asked where nothing names any. */
export const DEFAULT_BOOTSTRAP = '127.0.0.1:9092';
const RETRY_TIMEOUT_MS_DEFAULT = 15_000;

type CommonOptions = {
  readonly bootstrap: Option<string | undefined>;
  readonly config: Option<string | undefined>;
  readonly property: Option<Readonly<Record<string, string>>>;
  readonly retryTimeoutMs: Option<number>;
  readonly json: Option<boolean>;
};

/** What every command takes besides its own options. */
export const COMMON_OPTIONS: CommonOptions = {
  bootstrap: withAliases(
    {
      ...text('HOST:PORT,…', 'the brokers to ask first; wins over bootstrap.servers of --config'),
      fallback: `the variable MILLRACE_BOOTSTRAP, else ${DEFAULT_BOOTSTRAP}`,
    },
    'bootstrap-server',
  ),
  config: withAliases(
    text('FILE', 'properties of a Kafka client: bootstrap.servers, security.protocol, sasl.*, ssl.*, …'),
    'command-config',
  ),
  property: pairs('one property of a Kafka client; wins over --config'),
  retryTimeoutMs: withDefault(
    wholeNumber('MS', 'how long to go on trying what may pass, such as a broker that is not there', { min: 1 }),
    RETRY_TIMEOUT_MS_DEFAULT,
  ),
  json: flag('print JSON, in the shape that the help of the command names'),
};
