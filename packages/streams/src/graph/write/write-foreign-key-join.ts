import {
  combinedKeySerde,
  type Response,
  responseSerde,
  subscriptionSerde,
} from '../../operators/foreign-key-join/messages.ts';
import { ResponseJoin } from '../../operators/foreign-key-join/response-join.ts';
import {
  ForeignTableChange,
  SubscriptionJoin,
  SubscriptionReceive,
} from '../../operators/foreign-key-join/right-side.ts';
import { SubscriptionSend } from '../../operators/foreign-key-join/subscription-send.ts';
import { TableSource } from '../../operators/table-source.ts';
import type { ForeignKeyJoinOperation, LogicalNode } from '../nodes.ts';
import { storesOfGetter } from '../table-getters.ts';
import { helperStore } from './write-joins.ts';
import { addStore, keySerdeOf, valueSerdeOf, type Writer } from './writer.ts';

/** left → registration topic → right's subscriptions and rows → response topic → left's rows → result. */
export function writeForeignKeyJoin(writer: Writer, node: LogicalNode, operation: ForeignKeyJoinOperation): void {
  const { topology } = writer;
  const { names, join, foreignKey, joiner, store } = operation;
  const where = `join ${names.output}`;
  const keySerde = keySerdeOf(writer, operation.keySerde, where);
  const valueSerde = valueSerdeOf(writer, operation.valueSerde, where);
  const foreignKeySerde = keySerdeOf(writer, operation.foreignKeySerde, where);
  const foreignValueSerde = valueSerdeOf(writer, operation.foreignValueSerde, where);
  const [left, right] = node.inputs.map(({ from }) => from);
  const isLeft = join === 'left';

  const subscription = { key: foreignKeySerde, value: subscriptionSerde(keySerde) };
  const sendOptions = { foreignKey, valueSerde, isLeft, skipsPast: writer.isVersioned(left!) };
  topology.addInternalTopic(names.registrationTopic, null);
  topology.addNode(names.registration, (name) => new SubscriptionSend(name, sendOptions), writer.outputOf(left!));
  topology.addSink(names.registrationSink, names.registrationTopic, subscription, names.registration);
  topology.addSource(names.registrationSource, names.registrationTopic, subscription);

  const subscriptions = names.subscriptionStore;
  const foreignGetter = writer.getterOf(right!);
  topology.addNode(names.receive, (name) => new SubscriptionReceive(name, subscriptions), names.registrationSource);
  topology.addNode(names.joinForeign, (name) => new SubscriptionJoin(name, foreignGetter), names.receive);
  const isForeignVersioned = writer.isVersioned(right!);
  const foreignChange = (name: string) =>
    new ForeignTableChange(name, subscriptions, foreignKeySerde, isForeignVersioned);
  topology.addNode(names.foreignChange, foreignChange, writer.outputOf(right!));
  topology.connectProcessorAndStateStores(names.joinForeign, ...storesOfGetter(foreignGetter));
  const subscriptionStore = helperStore(
    {
      name: subscriptions,
      keySerde: combinedKeySerde(foreignKeySerde, keySerde),
      valueSerde: subscription.value,
      engine: store.engine,
    },
    { logging: true, timestamped: true },
  );
  addStore(writer, subscriptionStore, names.receive, names.foreignChange);

  const response = { key: keySerde, value: responseSerde(foreignValueSerde) };
  // The answer must come back to where the question came from, however the left table is partitioned.
  const partitioner = (_topic: string, _key: unknown, value: unknown) => (value as Response).primaryPartition;
  topology.addInternalTopic(names.responseTopic, null);
  const answerers = [names.joinForeign, names.foreignChange];
  topology.addSink(names.responseSink, names.responseTopic, { ...response, partitioner }, answerers);
  topology.addSource(names.responseSource, names.responseTopic, response);

  const leftGetter = writer.getterOf(left!);
  const joinOptions = { leftTable: leftGetter, valueSerde, joiner, isLeft };
  topology.addNode(names.resolver, (name) => new ResponseJoin(name, joinOptions), names.responseSource);
  topology.connectProcessorAndStateStores(names.resolver, ...storesOfGetter(leftGetter));
  const isStored = writer.tables.stored.has(node.id);
  const sendsOldValues = writer.tables.sendsOldValues.has(node.id);
  const storeName = isStored ? store.name : null;
  topology.addNode(names.output, (name) => new TableSource(name, storeName, sendsOldValues), names.resolver);
  if (isStored) addStore(writer, store, names.output);
}
