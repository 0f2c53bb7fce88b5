/** What happened to a row of a table. Null means that there is no value; `old` is null also where nobody asked for it. */
export type Change = {
  readonly new: unknown;
  readonly old: unknown;
  /** False for a change of a versioned table's past. */
  readonly isLatest: boolean;
};

export function latestChange(newValue: unknown, oldValue: unknown): Change {
  return { new: newValue, old: oldValue, isLatest: true };
}
