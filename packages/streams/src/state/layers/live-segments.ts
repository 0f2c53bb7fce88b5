/** The segments of time that may hold rows: what a scan over all time has to look at. */
export class LiveSegments {
  /** Ascending; few: a retention is two segments long, and the tail of late ones is dropped. */
  #segments: number[] = [];

  add(segment: number): void {
    const segments = this.#segments;
    const last = segments.length - 1;
    if (last >= 0 && segments[last] === segment) return;
    if (last < 0 || segments[last]! < segment) segments.push(segment);
    else if (!segments.includes(segment)) {
      segments.push(segment);
      segments.sort((a, b) => a - b);
    }
  }

  dropBelow(segment: number): void {
    this.#segments = this.#segments.filter((live) => live >= segment);
  }

  clear(): void {
    this.#segments = [];
  }

  /** Both inclusive, ascending. */
  between(from: number, to: number): number[] {
    return this.#segments.filter((segment) => segment >= from && segment <= to);
  }
}
