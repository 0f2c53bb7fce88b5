import { MillraceError, systemRandom } from '@millrace/base';
import type { ProducerRecord } from '@millrace/client';
import { type InsertedRow, insertedRow } from '../compile/insert-row.ts';
import { keySerde, valueSerde } from '../compile/row-serdes.ts';
import { booleanSetting } from '../lib/ksql-config.ts';
import { KsqlException, KsqlStatementException } from '../lib/ksql-exception.ts';
import { silentProcessingLog } from '../processing-log/messages.ts';
import type { InsertValues } from '../syntax/ast.ts';
import { functionContext } from './compile-query.ts';
import type { EngineParts } from './engine-parts.ts';
import type { PreparedStatement, Session } from './request.ts';
import { refuseInsertIntoReadOnly } from './reserved-topics.ts';
import type { InsertedResult } from './results.ts';

const INSERT_ENABLED = 'ksql.insert.into.values.enabled';

/**
 * INSERT INTO … VALUES: writes one record, in the formats of the source. It is data and no command, so that it does not
 * go through the command topic; resolves when the brokers have it.
 */
export async function insertValues(
  { text, statement }: PreparedStatement<InsertValues>,
  { overrides, signal }: Session,
  engine: EngineParts,
): Promise<InsertedResult> {
  const config = { ...engine.config, ...overrides };
  if (booleanSetting(config, INSERT_ENABLED) === false) {
    throw new KsqlException(
      'The server has disabled INSERT INTO ... VALUES functionality. To enable it, restart your ksqlDB server with ' +
        `'${INSERT_ENABLED}'=true`,
    );
  }
  const record = recordOf(statement, text, { ...engine, config });
  const sent = await engine.writer.write(record, { what: `Inserting into '${statement.target}'`, signal });
  return {
    kind: 'inserted',
    statementText: text,
    topic: sent.topic,
    partition: sent.partition,
    offset: sent.offset,
  };
}

/** @throws KsqlStatementException for values that the source can't take, in ksqlDB's words */
function recordOf(
  statement: InsertValues,
  text: string,
  engine: Pick<EngineParts, 'state' | 'functions' | 'registry' | 'clock' | 'config'>,
): ProducerRecord {
  const { functions, registry, clock, config } = engine;
  const { catalog } = engine.state();
  const functionsSee = functionContext({ clock, random: systemRandom, config });
  try {
    const { source, key, value, timestamp } = insertedRow(statement, {
      catalog,
      functions,
      functionContext: functionsSee,
    });
    refuseInsertIntoReadOnly(source.topic, config);
    return recordOfRow({ source, key, value, timestamp }, { registry, clock });
  } catch (thrown) {
    if (!(thrown instanceof MillraceError) || /^Cannot insert /.test(thrown.message)) throw thrown;
    const prefix = `Failed to insert values into '${statement.target}'.`;
    const message = thrown.message.startsWith(prefix) ? thrown.message : `${prefix} ${thrown.message}`;
    throw new KsqlStatementException(message, text, thrown);
  }
}

/** The row as a record, in the formats of its source. @throws MillraceError of the formats */
export function recordOfRow(
  { source, key, value, timestamp }: InsertedRow,
  { registry, clock }: Pick<EngineParts, 'registry' | 'clock'>,
): ProducerRecord {
  const { schema, topic } = source;
  const formats = { key: source.keyFormat, value: source.valueFormat };
  const serdes = { formats, logger: 'insert-values', processingLog: silentProcessingLog, registry };
  return {
    topic,
    key: key === null ? null : keySerde(schema.key, null, serdes).serialize(key, topic),
    value: valueSerde(schema.value, serdes).serialize(value, topic),
    timestamp: timestamp ?? clock.wallMs(),
  };
}
