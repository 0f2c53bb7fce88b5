import type { Clock, Logger, Random } from '@millrace/base';
import type { HostPort } from '@millrace/protocol';
import type { FlushPolicy } from '../log/log-config.ts';
import type { AuthorizerOptions } from '../security/acl/authorizer.ts';
import type { ScramUser } from '../security/sasl/scram-credential.ts';
import type { Files } from '../storage/files.ts';
import type { ListenerSpec } from './listener-spec.ts';

export type BrokerOptions = {
  /** The data folder, made when it is missing. Without it everything is kept in memory and gone when the broker stops. */
  readonly data?: string;
  /** Where to listen. Default: `127.0.0.1`. */
  readonly host?: string;
  /** 0, the default, for any free port; −1 to serve only {@link Broker.connect}. */
  readonly port?: number;
  /** Several listeners instead of host and port, each with the address that its clients are told, with TLS, with SASL. */
  readonly listeners?: readonly ListenerSpec[];
  /** Turns ACLs on: from then on everybody may do only what they allow. As `authorizer.class.name` does. */
  readonly authorizer?: AuthorizerOptions;
  /** Users of SCRAM that there are from the start; one that the broker knows already keeps its password. As `scram.users`. */
  readonly scramUsers?: readonly ScramUser[];
  /** What clients are told instead of host and port. */
  readonly advertised?: HostPort;
  /** Configs under Kafka's names: `num.partitions`, `auto.create.topics.enable`, `listeners`, `ssl.keystore.location`, … */
  readonly config?: Readonly<Record<string, string>>;
  /**
   * When an acknowledged write is safe: `os` (default, as Kafka) survives the death of the process, `always` the death of
   * the machine, by a sync before each answer.
   */
  readonly flush?: FlushPolicy;
  /** Gives the broker a worker thread of its own, so that the app's work never keeps its clients waiting. */
  readonly thread?: boolean;
  readonly logger?: Logger;
  readonly clock?: Clock;
  readonly random?: Random;
  /** Where bytes are kept; see the subpath `testing`. */
  readonly files?: Files;
  /** For tests of clients in the same isolate. */
  readonly local?: {
    /** Freezes requests and answers. Default: false. */
    readonly freeze?: boolean;
    /** Sends every request and answer through the codec as well. Default: false. */
    readonly codecCheck?: boolean;
  };
};
