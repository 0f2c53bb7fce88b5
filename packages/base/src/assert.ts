/** A bug of ours, never of the world: the caller can't do anything about it, so it carries no code to match on. */
class AssertionFailure extends Error {
  override readonly name = 'AssertionFailure';
}

/** States what must hold if Millrace has no bug. For what the world may do wrong, throw a {@link MillraceError}. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new AssertionFailure(message);
}

/** Ends a `switch` over a union's `kind`: the compiler refuses it when a kind was left out. */
export function unreachable(value: never): never {
  throw new AssertionFailure(`unreachable: ${JSON.stringify(value)}`);
}
