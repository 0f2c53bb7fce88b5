import type { ForeignKeyJoinOperation } from '../graph/nodes.ts';
import type { Fn2 } from '../operators/user-functions.ts';
import type { TableOptions } from './options.ts';
import { chosen, plainInput, type TableHandle } from './stream-handle.ts';
import { keyValueStore } from './table-store.ts';

const PREFIX = 'KTABLE-FK-JOIN-';

/** Draws all names of the two topics, the store and the processors that a foreign-key join is made of. */
export function foreignKeyJoin(
  join: 'inner' | 'left',
  left: TableHandle,
  right: TableHandle,
  foreignKey: Fn2,
  joiner: Fn2,
  options: TableOptions<unknown, unknown>,
): TableHandle {
  const { context } = left;
  const { graph } = context;
  const given = options.name;
  const drawn = (suffix: string, prefix: string) => graph.suffixedOr(given, suffix, prefix);
  const topic = (suffix: string, prefix: string) => `${drawn(suffix, prefix)}-topic`;
  const registrationTopic = topic('-subscription-registration', `${PREFIX}SUBSCRIPTION-REGISTRATION-`);
  const registration = drawn('-subscription-registration-processor', `${PREFIX}SUBSCRIPTION-REGISTRATION-`);
  const registrationSink = drawn('-subscription-registration-sink', 'KTABLE-SINK-');
  const registrationSource = drawn('-subscription-registration-source', 'KTABLE-SOURCE-');
  const subscriptionStore = drawn('-subscription-store', `${PREFIX}SUBSCRIPTION-STATE-STORE-`);
  const receive = drawn('-subscription-receive', `${PREFIX}SUBSCRIPTION-PROCESSOR-`);
  const joinForeign = drawn('-subscription-join-foreign', `${PREFIX}SUBSCRIPTION-PROCESSOR-`);
  const foreignChange = drawn('-foreign-join-subscription', `${PREFIX}SUBSCRIPTION-PROCESSOR-`);
  const responseTopic = topic('-subscription-response', `${PREFIX}SUBSCRIPTION-RESPONSE-`);
  const responseSink = drawn('-subscription-response-sink', 'KTABLE-SINK-');
  const responseSource = drawn('-subscription-response-source', 'KTABLE-SOURCE-');
  const resolver = drawn('-subscription-response-resolver', `${PREFIX}SUBSCRIPTION-RESPONSE-RESOLVER-PROCESSOR-`);
  const output = drawn('-result', `${PREFIX}OUTPUT-`);
  const storeName = graph.storeNameOr(options.as, `${PREFIX}OUTPUT-`);

  const serdes = chosen(options, { key: left.serdes.key, value: null });
  const store = keyValueStore(context, storeName, serdes, options);
  const named = options.as !== undefined;
  const sources = new Set([...left.sources, responseSource]);
  graph.copartition(sources);
  graph.copartition(new Set([...right.sources, registrationSource]));
  const operation: ForeignKeyJoinOperation = {
    kind: 'foreign-key-join',
    join,
    foreignKey,
    joiner,
    names: {
      registrationTopic,
      registration,
      registrationSink,
      registrationSource,
      subscriptionStore,
      receive,
      joinForeign,
      foreignChange,
      responseTopic,
      responseSink,
      responseSource,
      resolver,
      output,
    },
    keySerde: left.serdes.key,
    valueSerde: left.serdes.value,
    foreignKeySerde: right.serdes.key,
    foreignValueSerde: right.serdes.value,
    store,
    named,
  };
  const node = graph.add(operation, [plainInput(left.node), plainInput(right.node)]);
  return { context, node, name: output, serdes, sources, storeName: named ? storeName : null };
}
