import { type Place, placeKey } from './history.ts';

import type { Scene } from './scene.ts';

export const SHARE_GROUP = 'sharers';

/** How long a member has a record for itself, and how often a record is delivered. */
export const LOCK_MS = 1_000;
export const DELIVERIES_MAX = 10;

/** When something was asked and answered: places in one order of all that happens, the broker's life, and the time. */
export type Exchange = {
  readonly sent: number;
  readonly sentMs: number;
  readonly sentLife: number;
  readonly answered: number;
  readonly answeredMs: number;
  readonly answeredLife: number;
};

export type SaidOf = 'accept' | 'release' | 'reject';

/** A record that a member was given, as it came. */
export type GivenRecord = Place & { readonly value: string; readonly count: number };

export type Heard = { readonly at: Exchange; readonly isTaken: boolean };

type Given = { readonly memberId: string; readonly count: number; readonly at: Exchange };

type RecordFact = {
  readonly value: string;
  readonly given: Given[];
  /** When it was acknowledged for good; null as long as nobody was told so. */
  doneAt: number | null;
  /** Words about it that may have been heard though nobody was told so. */
  wordsInDoubt: number;
  /** Releases that were acknowledged: they are stored, and so is how often the record was delivered until then. */
  readonly released: { readonly at: number; readonly count: number }[];
};

/**
 * What members of a share group were given, and what they were told of their acknowledgements. Each record is with one
 * member at a time, done once is done for ever, deliveries are counted, and a lock lasts as long as it should.
 */
export class SharedDeliveries {
  readonly records: Map<string, RecordFact> = new Map();
  readonly #scene: Scene;
  /** A broker that can't store begins with what is stored, as after its death. */
  readonly #storesAlways: boolean;
  #order = 0;
  /** Fetches whose answer did not come, or not yet: what they took is counted as delivered, and nobody saw it. */
  lostFetches = 0;

  constructor(scene: Scene) {
    const { faults } = scene.plan;
    this.#scene = scene;
    this.#storesAlways = !faults.has('full-disk') && !faults.has('failing-sync');
  }

  /** Asks, and notes when; null when no answer came. */
  async exchange<T>(
    nowMs: () => number,
    ask: () => Promise<T | null>,
  ): Promise<{ readonly answer: T; readonly at: Exchange } | null> {
    const before = { sent: this.#order++, sentMs: nowMs(), sentLife: this.#scene.brokerDeaths };
    const answer = await ask();
    if (answer === null) return null;
    const after = { answered: this.#order++, answeredMs: nowMs(), answeredLife: this.#scene.brokerDeaths };
    return { answer, at: { ...before, ...after } };
  }

  /** A member was given a record. */
  give(memberId: string, { value, count, ...place }: GivenRecord, at: Exchange): void {
    const { history } = this.#scene;
    const where = `${placeKey(place)}:${place.offset}`;
    const known = this.#known(where, value);
    if (known.value !== value) history.violate(`${where} was shared as ${known.value} and as ${value}`);
    if (known.doneAt !== null && known.doneAt < at.sent) {
      history.violate(`${where} was shared with ${memberId} after it was done with`);
    }
    const least = this.#leastCount(known, at);
    if (count <= least || count > DELIVERIES_MAX) {
      history.violate(`${where} was shared with ${memberId} as delivery ${count}, after ${least} of ${DELIVERIES_MAX}`);
    }
    known.given.push({ memberId, count, at });
    history.count('records shared');
  }

  /** A member speaks of a record: until it is answered nobody knows whether it was heard. */
  say(place: Place): void {
    this.records.get(`${placeKey(place)}:${place.offset}`)!.wordsInDoubt += 1;
  }

  /** A member that spoke of a record was heard, or refused. */
  answer(memberId: string, place: Place, type: SaidOf, { at, isTaken }: Heard): void {
    const where = `${placeKey(place)}:${place.offset}`;
    const known = this.records.get(where)!;
    const given = known.given.findLast((one) => one.memberId === memberId)!;
    known.wordsInDoubt -= 1;
    if (!isTaken) {
      this.#checkRefusal(where, given, at);
      return;
    }
    this.#scene.history.count(`records that were taken: ${type}`);
    this.#checkAlone(where, known, given, at);
    if (type === 'release') known.released.push({ at: at.answered, count: given.count });
    else known.doneAt ??= at.answered;
  }

  /** How often a record must have been delivered already, whoever is given it by this exchange. */
  #leastCount({ given, released }: RecordFact, at: Exchange): number {
    const stored = released.filter((one) => one.at < at.sent).map(({ count }) => count);
    const inMemory = given
      .filter((one) => this.#storesAlways && one.at.answered < at.sent && one.at.sentLife === at.answeredLife)
      .map(({ count }) => count);
    return Math.max(0, ...stored, ...inMemory);
  }

  /** While a lock lasts nobody else is given the record. After it anybody may be, and may be done with it. */
  #checkAlone(where: string, { given }: RecordFact, own: Given, at: Exchange): void {
    const other = given.find(
      (one) => one.memberId !== own.memberId && own.at.answered < one.at.sent && one.at.answered < at.sent,
    );
    if (other === undefined || !this.#isLocked(own, at)) return;
    this.#scene.history.violate(`${where} was with ${other.memberId} while ${own.memberId} had it`);
  }

  /** Who speaks in time is heard. */
  #checkRefusal(where: string, own: Given, at: Exchange): void {
    if (!this.#isLocked(own, at)) return;
    this.#scene.history.violate(`${own.memberId} spoke of ${where} while its lock lasted, and was refused`);
  }

  /** Whether a member that was answered in the same session certainly had the record all the time. */
  #isLocked(own: Given, at: Exchange): boolean {
    const isSameLife = own.at.sentLife === at.answeredLife && this.#storesAlways;
    return isSameLife && at.answeredMs < own.at.sentMs + LOCK_MS;
  }

  #known(where: string, value: string): RecordFact {
    let known = this.records.get(where);
    if (known === undefined) {
      known = { value, given: [], doneAt: null, wordsInDoubt: 0, released: [] };
      this.records.set(where, known);
    }
    return known;
  }
}
