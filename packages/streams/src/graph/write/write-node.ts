import { refuseMissing } from '../../serdes/missing.ts';
import type { LogicalNode } from '../nodes.ts';
import { writeForeignKeyJoin } from './write-foreign-key-join.ts';
import { writeStreamGlobalJoin, writeStreamJoin, writeStreamTableJoin, writeTableJoin } from './write-joins.ts';
import { writeProcess, writeRepartition, writeSink, writeSource, writeStateless } from './write-stateless.ts';
import {
  writeCogroup,
  writeGlobal,
  writeRowOperation,
  writeStreamAggregate,
  writeSuppress,
  writeTableAggregate,
  writeTableGroup,
  writeTableSource,
  writeToTable,
} from './write-tables.ts';
import type { Writer } from './writer.ts';

/** Writes one logical node as the physical nodes, stores and topics that it is made of. */
export function writeNode(writer: Writer, node: LogicalNode): void {
  const { operation } = node;
  switch (operation.kind) {
    case 'source':
      return writeSource(writer, operation);
    case 'sink':
      return writeSink(writer, node, operation);
    case 'repartition':
      return writeRepartition(writer, node, operation.repartition);
    case 'process':
    case 'process-values':
      return writeProcess(writer, node, operation);
    case 'table-source':
      return writeTableSource(writer, node, operation);
    case 'to-table':
      return writeToTable(writer, node, operation);
    case 'global-table':
    case 'global-store':
      return writeGlobal(writer, operation);
    case 'stream-aggregate':
      return writeStreamAggregate(writer, node, operation);
    case 'cogroup':
      return writeCogroup(writer, node, operation);
    case 'table-filter':
    case 'table-map-values':
    case 'table-transform-values':
      return writeRowOperation(writer, node, operation);
    case 'table-group':
      return writeTableGroup(writer, node, operation);
    case 'table-aggregate':
      return writeTableAggregate(writer, node, operation);
    case 'suppress':
      return writeSuppress(writer, node, operation);
    case 'stream-join':
      return writeStreamJoin(writer, node, operation);
    case 'stream-table-join':
      return writeStreamTableJoin(writer, node, operation);
    case 'stream-global-join':
      return writeStreamGlobalJoin(writer, node, operation);
    case 'table-join':
      return writeTableJoin(writer, node, operation);
    case 'foreign-key-join':
      return writeForeignKeyJoin(writer, node, operation);
    case 'state-store':
      refuseMissing(operation.store.keySerde);
      refuseMissing(operation.store.valueSerde);
      writer.topology.addStateStore(operation.store);
      return;
    default:
      return writeStateless(writer, node, operation);
  }
}
