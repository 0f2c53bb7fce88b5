/** A table of which every instance holds all rows; only for joins with streams. */
export class GlobalKTable<K, V> {
  readonly storeName: string;
  /** Only in the type. */
  readonly row?: readonly [K, V];

  /** @internal Global tables come from `StreamsBuilder#globalTable`. */
  constructor(storeName: string) {
    this.storeName = storeName;
  }

  get queryableStoreName(): string {
    return this.storeName;
  }
}
