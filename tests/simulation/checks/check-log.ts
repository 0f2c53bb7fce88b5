import type { History } from '../history.ts';
import type { LoggedBatch, PartitionContent } from './read-log.ts';

const SEQUENCE_MAX = 2 ** 31 - 1;

/**
 * What holds of every log, whoever wrote it: offsets without holes, epochs that never fall, sequences of a producer in
 * a row, each transaction ended once, and no record twice.
 */
export function checkLog(history: History, where: string, content: PartitionContent): void {
  checkOffsets(history, where, content);
  checkProducers(history, where, content.batches);
  checkValues(history, where, content.batches);
  if (content.lastStableOffset !== content.highWatermark) {
    history.violate(
      `${where} is held back at ${content.lastStableOffset} of ${content.highWatermark} by a transaction`,
    );
  }
}

function checkOffsets(
  history: History,
  where: string,
  { batches, highWatermark, logStartOffset }: PartitionContent,
): void {
  let expected = logStartOffset;
  let epoch = -1;
  batches.forEach(({ header }, index) => {
    const isFirst = index === 0 && header.baseOffset <= logStartOffset;
    if (!isFirst && header.baseOffset !== expected) {
      history.violate(`${where} goes on with offset ${header.baseOffset} instead of ${expected}`);
    }
    if (header.partitionLeaderEpoch < epoch) {
      history.violate(`${where} has epoch ${header.partitionLeaderEpoch} after ${epoch} at ${header.baseOffset}`);
    }
    epoch = header.partitionLeaderEpoch;
    expected = header.lastOffset + 1;
  });
  if (expected !== highWatermark)
    history.violate(`${where} can be read up to ${expected}, its end is ${highWatermark}`);
}

type ProducerView = { epoch: number; nextSequence: number; isOpen: boolean };

function checkProducers(history: History, where: string, batches: readonly LoggedBatch[]): void {
  const producers = new Map<number, ProducerView>();
  for (const { header, marker } of batches) {
    const { producerId, producerEpoch, baseSequence, baseOffset } = header;
    if (producerId < 0) continue;
    let view = producers.get(producerId);
    if (view !== undefined && producerEpoch < view.epoch) {
      history.violate(
        `${where}: producer ${producerId} falls from epoch ${view.epoch} to ${producerEpoch} at ${baseOffset}`,
      );
    }
    if (view === undefined || producerEpoch > view.epoch) {
      view = { epoch: producerEpoch, nextSequence: -1, isOpen: view?.isOpen ?? false };
      producers.set(producerId, view);
    }
    if (header.isControl) {
      if (marker !== null && !view.isOpen) {
        history.violate(`${where}: a ${marker} marker of producer ${producerId} at ${baseOffset} ends nothing`);
      }
      view.isOpen = false;
      continue;
    }
    if (header.isTransactional) view.isOpen = true;
    if (baseSequence < 0) continue;
    if (view.nextSequence >= 0 && baseSequence !== view.nextSequence) {
      history.violate(
        `${where}: producer ${producerId} goes on with sequence ${baseSequence} instead of ${view.nextSequence} at ${baseOffset}`,
      );
    }
    view.nextSequence = (baseSequence + header.lastOffsetDelta + 1) % (SEQUENCE_MAX + 1);
  }
  for (const [producerId, { isOpen }] of producers) {
    if (isOpen) history.violate(`${where}: a transaction of producer ${producerId} was never ended`);
  }
}

/** Values are `writer|partition|serial`, or of a transaction: each is there once, and a writer's in its order. */
function checkValues(history: History, where: string, batches: readonly LoggedBatch[]): void {
  const places = new Map<string, number>();
  const lastSerials = new Map<string, number>();
  for (const { values } of batches) {
    for (const { offset, value } of values) {
      const before = places.get(value);
      if (before !== undefined) history.violate(`${where} has ${value} twice: at ${before} and ${offset}`);
      places.set(value, offset);
      const [writer = '', , serialText = ''] = value.split('|');
      const serial = Number(serialText);
      if (!writer.startsWith('producer-')) continue;
      const last = lastSerials.get(writer) ?? -1;
      if (serial <= last) history.violate(`${where} has ${writer}'s record ${serial} after ${last}, at ${offset}`);
      lastSerials.set(writer, serial);
    }
  }
}
