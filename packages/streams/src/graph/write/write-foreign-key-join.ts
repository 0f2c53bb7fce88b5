import { AnswerResolver } from '../../operators/foreign-key-join/answer-resolver.ts';
import { CombinedKeys } from '../../operators/foreign-key-join/combined-key.ts';
import { ForeignChange } from '../../operators/foreign-key-join/foreign-change.ts';
import { subscriptionSerde } from '../../operators/foreign-key-join/subscription.ts';
import { answerPartitioner, answerSerde } from '../../operators/foreign-key-join/subscription-answer.ts';
import { SubscriptionJoin } from '../../operators/foreign-key-join/subscription-join.ts';
import { SubscriptionReceive } from '../../operators/foreign-key-join/subscription-receive.ts';
import { SubscriptionRegistration } from '../../operators/foreign-key-join/subscription-registration.ts';
import { subscriptionStoreSpec } from '../../operators/foreign-key-join/subscription-store.ts';
import { TableSource } from '../../operators/table-source.ts';
import type { Serde } from '../../serdes/serde.ts';
import type { ForeignKeyJoinOperation, LogicalNode, NodeId } from '../nodes.ts';
import { storesOfGetter } from '../table-getters.ts';
import { addStore, keySerdeOf, valueSerdeOf, type Writer } from './writer.ts';

/** The two tables of one join with all serdes found. */
type Sides = {
  readonly left: NodeId;
  readonly right: NodeId;
  readonly key: Serde<unknown>;
  readonly value: Serde<unknown>;
  readonly foreignKey: Serde<unknown>;
  readonly foreignValue: Serde<unknown>;
};

/** Left table → registration topic → subscriptions beside the right table → response topic → left table → result. */
export function writeForeignKeyJoin(writer: Writer, node: LogicalNode, operation: ForeignKeyJoinOperation): void {
  const where = `join ${operation.names.output}`;
  const sides: Sides = {
    left: node.inputs[0]!.from,
    right: node.inputs[1]!.from,
    key: keySerdeOf(writer, operation.keySerde, where),
    value: valueSerdeOf(writer, operation.valueSerde, where),
    foreignKey: keySerdeOf(writer, operation.foreignKeySerde, where),
    foreignValue: valueSerdeOf(writer, operation.foreignValueSerde, where),
  };
  writeSubscriptions(writer, operation, sides);
  writeRightSide(writer, operation, sides);
  writeAnswers(writer, operation, sides);
  writeResult(writer, node, operation);
}

function writeSubscriptions(writer: Writer, operation: ForeignKeyJoinOperation, sides: Sides): void {
  const { topology } = writer;
  const { names, join, foreignKey } = operation;
  const options = {
    join,
    foreignKey,
    foreignKeySerde: sides.foreignKey,
    valueSerde: sides.value,
    topic: names.registrationTopic,
    skipsPast: writer.isVersioned(sides.left),
  };
  const serdes = { key: sides.foreignKey, value: subscriptionSerde(sides.key) };
  topology.addInternalTopic(names.registrationTopic, null);
  topology.addNode(
    names.registration,
    (name) => new SubscriptionRegistration(name, options),
    writer.outputOf(sides.left),
  );
  topology.addSink(names.registrationSink, names.registrationTopic, serdes, names.registration);
  topology.addSource(names.registrationSource, names.registrationTopic, serdes);
}

function writeRightSide(writer: Writer, operation: ForeignKeyJoinOperation, sides: Sides): void {
  const { topology } = writer;
  const { names, store } = operation;
  const options = {
    store: names.subscriptionStore,
    keys: new CombinedKeys(sides.foreignKey, sides.key),
    topic: names.registrationTopic,
    skipsPast: writer.isVersioned(sides.right),
  };
  const getter = writer.getterOf(sides.right);
  topology.addNode(names.receive, (name) => new SubscriptionReceive(name, options), names.registrationSource);
  topology.addNode(names.joinForeign, (name) => new SubscriptionJoin(name, getter), names.receive);
  topology.addNode(names.foreignChange, (name) => new ForeignChange(name, options), writer.outputOf(sides.right));
  topology.connectProcessorAndStateStores(names.joinForeign, ...storesOfGetter(getter));
  const subscriptions = subscriptionStoreSpec(names.subscriptionStore, sides.key, store.engine);
  addStore(writer, subscriptions, names.receive, names.foreignChange);
}

function writeAnswers(writer: Writer, operation: ForeignKeyJoinOperation, sides: Sides): void {
  const { topology } = writer;
  const { names, join, joiner } = operation;
  const serdes = { key: sides.key, value: answerSerde(sides.foreignValue) };
  const left = writer.getterOf(sides.left);
  const options = { join, left, joiner, valueSerde: sides.value, topic: names.registrationTopic };
  topology.addInternalTopic(names.responseTopic, null);
  topology.addSink(names.responseSink, names.responseTopic, { ...serdes, partitioner: answerPartitioner }, [
    names.joinForeign,
    names.foreignChange,
  ]);
  topology.addSource(names.responseSource, names.responseTopic, serdes);
  topology.addNode(names.resolver, (name) => new AnswerResolver(name, options), names.responseSource);
  topology.connectProcessorAndStateStores(names.resolver, ...storesOfGetter(left));
}

function writeResult(writer: Writer, node: LogicalNode, operation: ForeignKeyJoinOperation): void {
  const { names, store } = operation;
  const isStored = writer.tables.stored.has(node.id);
  const sendsOldValues = writer.tables.sendsOldValues.has(node.id);
  const storeName = isStored ? store.name : null;
  writer.topology.addNode(names.output, (name) => new TableSource(name, storeName, sendsOldValues), names.resolver);
  if (isStored) addStore(writer, store, names.output);
}
