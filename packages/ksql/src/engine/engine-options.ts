import type { ClientOptions } from '@millrace/client';
import type { SchemaRegistry } from '../formats/schema-registry/schema-registry.ts';
import type { FunctionRegistry } from '../functions/registry.ts';
import type { KsqlConfig } from '../lib/ksql-config.ts';

export type KsqlEngineOptions = ClientOptions & {
  /**
   * Engines of one service share their statements and divide the work: its name is part of the command topic and of all
   * groups. Default: `default_`, as ksqlDB.
   */
  readonly serviceId?: string;
  /** The folder of the queries' state. Default: a temporary one; the state is then rebuilt from its changelogs. */
  readonly stateDir?: string;
  /** Settings by their ksqlDB or Kafka names, e.g. `auto.offset.reset`, `ksql.streams.commit.interval.ms`. */
  readonly config?: KsqlConfig;
  /** What statements may call. Default: ksqlDB's functions; add your own to a registry of these. */
  readonly functions?: FunctionRegistry;
  /**
   * Where AVRO, PROTOBUF and JSON_SR keep their schemas. Default: the one of the setting `ksql.schema.registry.url`; without
   * it these formats are refused.
   */
  readonly schemaRegistry?: SchemaRegistry;
};
