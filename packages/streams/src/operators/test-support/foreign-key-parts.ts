import { Serdes } from '../../serdes/serdes.ts';
import type { StoreSpec } from '../../state/store-spec.ts';
import type { TimestampedKeyValueStore } from '../../state/stores.ts';
import { latestChange } from '../change.ts';
import { AnswerResolver } from '../foreign-key-join/answer-resolver.ts';
import { CombinedKeys } from '../foreign-key-join/combined-key.ts';
import { ForeignChange } from '../foreign-key-join/foreign-change.ts';
import { SubscriptionJoin } from '../foreign-key-join/subscription-join.ts';
import { SubscriptionReceive } from '../foreign-key-join/subscription-receive.ts';
import { SubscriptionRegistration } from '../foreign-key-join/subscription-registration.ts';
import { subscriptionStoreSpec } from '../foreign-key-join/subscription-store.ts';
import { type Arrival, WiredNodes } from './wired-nodes.ts';

const string = Serdes.string();
const topic = 'registration';

/** The foreign key of a left value is what stands before its colon; none means null. */
export function foreignKey(value: unknown): string | null {
  return String(value).split(':')[0] || null;
}

function table(name: string): StoreSpec {
  const common = { keySerde: string, valueSerde: string, engine: 'memory', caching: false, logging: false } as const;
  return { ...common, kind: 'key-value', name, timestamped: true };
}

/** The parts of one foreign-key join, each called by itself: between them are topics, where messages may wait. */
export class ForeignKeyParts {
  readonly wired: WiredNodes;
  readonly #registration: SubscriptionRegistration;
  readonly #receive: SubscriptionReceive;
  readonly #foreignChange: ForeignChange;
  readonly #resolver: AnswerResolver;

  constructor(join: 'inner' | 'left', skipsPast = false) {
    const subscriptions = subscriptionStoreSpec('subscriptions', string, 'memory');
    this.wired = new WiredNodes({ stores: [table('left'), table('right'), subscriptions] });
    const keys = new CombinedKeys(string, string);
    const right = { store: 'subscriptions', keys, topic };
    const serdes = { foreignKeySerde: string, valueSerde: string };
    const registration = { join, foreignKey, ...serdes, topic, skipsPast };
    const rows = (store: string) => ({ kind: 'store', store, form: 'timestamped' }) as const;
    const joiner = (left: unknown, foreign: unknown) => `${left}+${foreign ?? '-'}`;
    this.#registration = this.wired.chain(new SubscriptionRegistration('registration', registration));
    this.#receive = this.wired.chain(
      new SubscriptionReceive('receive', right),
      new SubscriptionJoin('join', rows('right')),
    );
    this.#foreignChange = this.wired.chain(new ForeignChange('change', { ...right, skipsPast }));
    const resolver = { join, left: rows('left'), joiner, valueSerde: string, topic };
    this.#resolver = this.wired.chain(new AnswerResolver('resolver', resolver));
  }

  /** A change of a left row; returns the subscriptions that it sends. */
  left(key: string, value: string | null, timestamp = 1): Arrival[] {
    const old = this.#put('left', key, value, timestamp);
    this.#registration.receive(key, latestChange(value, old), timestamp);
    return this.wired.taken();
  }

  /** A change of a right row; returns the answers that it sends. */
  right(key: string, value: string | null, timestamp = 1): Arrival[] {
    const old = this.#put('right', key, value, timestamp);
    this.#foreignChange.receive(key, latestChange(value, old), timestamp);
    return this.wired.taken();
  }

  /** A change of what a row was before; returns what it sends. */
  past(side: 'left' | 'right', key: string, value: string): Arrival[] {
    const node = side === 'left' ? this.#registration : this.#foreignChange;
    node.receive(key, { new: value, old: null, isLatest: false }, 1);
    return this.wired.taken();
  }

  /** Takes subscriptions to the right side; returns the answers. */
  subscribe(subscriptions: readonly Arrival[]): Arrival[] {
    for (const [key, subscription, timestamp] of subscriptions) this.#receive.receive(key, subscription, timestamp);
    return this.wired.taken();
  }

  /** Takes answers to the left side; returns the results. */
  resolve(answers: readonly Arrival[]): Arrival[] {
    for (const [key, answer, timestamp] of answers) this.#resolver.receive(key, answer, timestamp);
    return this.wired.taken();
  }

  /** A change of a left row, all the way. */
  leftResults(key: string, value: string | null, timestamp = 1): Arrival[] {
    return this.resolve(this.subscribe(this.left(key, value, timestamp)));
  }

  #put(store: 'left' | 'right', key: string, value: string | null, timestamp: number): unknown {
    const rows = this.wired.stores.store(store) as TimestampedKeyValueStore<string, string>;
    const old = rows.get(key);
    rows.put(key, value === null ? null : { value, timestamp });
    return old?.value ?? null;
  }
}
