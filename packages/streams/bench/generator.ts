/** The least and the first event time: on a minute. */
const BASE_MS = 1_700_000_040_000;
const STEP_MS = 10;

export const USERS = 10_000;

export type View = {
  readonly id: number;
  readonly user: string;
  readonly page: string;
  readonly cents: number;
  readonly region: string;
  readonly time: number;
  readonly agent: string;
};

/**
 * The input that the Java side reads too: a pure function of seed and count. A 32-bit generator
 * x = x * 1664525 + 1013904223; a number is its next state shifted right by 8. Per record, in this order: user (squared,
 * so that the first user is about 1 % of all records), page, cents; 10 ms of event time a record.
 */
export class Generator {
  #state: number;
  #index = -1;
  readonly #spreadKeys: number | null;
  user = 0;
  page = 0;
  cents = 0;

  /** `spreadKeys`: so many users, each as often as any other, in place of the 10,000 of the Java side. */
  constructor(seed: number, spreadKeys: number | null = null) {
    this.#state = seed;
    this.#spreadKeys = spreadKeys;
  }

  next(): this {
    this.#index++;
    const share = this.#draw() / 2 ** 24;
    this.user = this.#spreadKeys === null ? Math.floor(USERS * share * share) : Math.floor(this.#spreadKeys * share);
    this.page = this.#draw() % 500;
    this.cents = this.#draw() % 10_000;
    return this;
  }

  get timeMs(): number {
    return BASE_MS + this.#index * STEP_MS;
  }

  /** Exactly the Java side's text: the bytes on the brokers must be the same. */
  get value(): string {
    const { user, page, cents } = this;
    return (
      `{"id":${this.#index},"user":"${keyOf(user)}","page":"/item/${String(page).padStart(4, '0')}","cents":${cents},` +
      `"region":"eu-${user % 4}","time":${this.timeMs},"agent":"app/7.4"}`
    );
  }

  #draw(): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) | 0;
    return this.#state >>> 8;
  }
}

export function keyOf(user: number): string {
  return `user-${String(user).padStart(5, '0')}`;
}

export function profileOf(user: number): string {
  return `{"user":"${keyOf(user)}","name":"Name ${user}","level":${user % 7}}`;
}

/** Profiles are older than every view. */
export const PROFILE_TIME_MS: number = BASE_MS - 1;
