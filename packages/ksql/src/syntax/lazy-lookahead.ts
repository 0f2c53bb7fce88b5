import { type ILookaheadStrategy, LLkLookaheadStrategy } from 'chevrotain';

/** The most tokens that a decision of the grammar looks at. */
export const LOOKAHEAD_MAX = 3;

/**
 * Chevrotain's own lookahead, each decision worked out when it is first met: to work out all of them takes longer than the
 * texts of a start, which meet few. What may be wrong with them is told by a test (parser.test.ts), not at each start.
 */
export function lazyLookahead(): ILookaheadStrategy {
  const eager = new LLkLookaheadStrategy({ maxLookahead: LOOKAHEAD_MAX });
  return {
    validate: (options) => eager.validate(options),
    buildLookaheadForAlternation(options) {
      let choose: ReturnType<typeof eager.buildLookaheadForAlternation> | undefined;
      // Called with the parser as `this`, whose next tokens it looks at.
      return function decide(this: unknown, alternatives) {
        choose ??= eager.buildLookaheadForAlternation(options);
        return choose.call(this, alternatives);
      };
    },
    buildLookaheadForOptional(options) {
      let goesOn: ReturnType<typeof eager.buildLookaheadForOptional> | undefined;
      return function decide(this: unknown) {
        goesOn ??= eager.buildLookaheadForOptional(options);
        return goesOn.call(this);
      };
    },
  };
}
