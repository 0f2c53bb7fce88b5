import { refuseMissing } from '../../serdes/missing.ts';
import type { LogicalNode, StreamOperation } from '../nodes.ts';
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
import type { OperationOf, Writer } from './writer.ts';

/** Writes one logical node as the physical nodes, stores and topics that it is made of. */
export function writeNode(writer: Writer, node: LogicalNode): void {
  const { operation } = node;
  switch (operation.kind) {
    case 'table-source':
      writeTableSource(writer, node, operation);
      return;
    case 'to-table':
      writeToTable(writer, node, operation);
      return;
    case 'global-table':
    case 'global-store':
      writeGlobal(writer, operation);
      return;
    case 'stream-aggregate':
      writeStreamAggregate(writer, node, operation);
      return;
    case 'cogroup':
      writeCogroup(writer, node, operation);
      return;
    case 'table-filter':
    case 'table-map-values':
    case 'table-transform-values':
      writeRowOperation(writer, node, operation);
      return;
    case 'table-group':
      writeTableGroup(writer, node, operation);
      return;
    case 'table-aggregate':
      writeTableAggregate(writer, node, operation);
      return;
    case 'suppress':
      writeSuppress(writer, node, operation);
      return;
    case 'table-join':
      writeTableJoin(writer, node, operation);
      return;
    case 'foreign-key-join':
      writeForeignKeyJoin(writer, node, operation);
      return;
    default:
      writeStreamNode(writer, node, operation);
  }
}

/** Operations on streams, and the stores that stand beside. */
function writeStreamNode(
  writer: Writer,
  node: LogicalNode,
  operation: StreamOperation | OperationOf<'state-store'>,
): void {
  switch (operation.kind) {
    case 'source':
      writeSource(writer, operation);
      return;
    case 'sink':
      writeSink(writer, node, operation);
      return;
    case 'repartition':
      writeRepartition(writer, node, operation.repartition);
      return;
    case 'process':
    case 'process-values':
      writeProcess(writer, node, operation);
      return;
    case 'stream-join':
      writeStreamJoin(writer, node, operation);
      return;
    case 'stream-table-join':
      writeStreamTableJoin(writer, node, operation);
      return;
    case 'stream-global-join':
      writeStreamGlobalJoin(writer, node, operation);
      return;
    case 'state-store':
      refuseMissing(operation.store.keySerde);
      refuseMissing(operation.store.valueSerde);
      writer.topology.addStateStore(operation.store);
      return;
    default:
      writeStateless(writer, node, operation);
  }
}
