/** A promise together with what settles it. */
export type Deferred<T> = {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(error: unknown): void;
};

export function deferred<T>(): Deferred<T> {
  const made = Promise.withResolvers<T>();
  // A failure that nobody waits for any more is no reason to end the process; who waits still gets it.
  made.promise.catch(() => {});
  return made;
}
