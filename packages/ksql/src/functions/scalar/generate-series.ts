import { MillraceError } from '@millrace/base';
import { overload, type ScalarFunction } from '../function.ts';
import { arrayOf, BIGINT, INTEGER } from '../parameter.ts';

const SERIES_LENGTH_MAX = 10_000_000;

/** From `start` towards `end`, both included. */
function series<Value>(
  start: bigint,
  end: bigint,
  options: { readonly step: number; readonly as: (value: bigint) => Value },
): readonly Value[] {
  const step = BigInt(options.step);
  if (step === 0n) throw new MillraceError('INVALID_ARGUMENT', 'GENERATE_SERIES step cannot be zero');
  if (end > start !== step > 0n && end !== start) {
    throw new MillraceError(
      'INVALID_ARGUMENT',
      `GENERATE_SERIES step has wrong sign: ${step} does not lead from ${start} to ${end}`,
    );
  }
  const length = Number((end - start) / step) + 1;
  if (length > SERIES_LENGTH_MAX) {
    throw new MillraceError('INVALID_ARGUMENT', `GENERATE_SERIES has at most ${SERIES_LENGTH_MAX} elements`);
  }
  return Array.from({ length }, (_, index) => options.as(start + BigInt(index) * step));
}

const towards = (start: bigint, end: bigint): number => (end >= start ? 1 : -1);
const asBigInt = (value: bigint): bigint => value;

export const GENERATE_SERIES: ScalarFunction = {
  kind: 'scalar',
  name: 'GENERATE_SERIES',
  category: 'ARRAY',
  description: 'The whole numbers from one to another, both included, in steps of 1 or -1 or as given.',
  overloads: [
    overload({
      parameters: [INTEGER, INTEGER],
      returns: arrayOf(INTEGER),
      evaluate: (start, end) => series(BigInt(start), BigInt(end), { step: start <= end ? 1 : -1, as: Number }),
    }),
    overload({
      parameters: [INTEGER, INTEGER, INTEGER],
      returns: arrayOf(INTEGER),
      evaluate: (start, end, step) => series(BigInt(start), BigInt(end), { step, as: Number }),
    }),
    overload({
      parameters: [BIGINT, BIGINT],
      returns: arrayOf(BIGINT),
      evaluate: (start, end) => series(start, end, { step: towards(start, end), as: asBigInt }),
    }),
    overload({
      parameters: [BIGINT, BIGINT, INTEGER],
      returns: arrayOf(BIGINT),
      evaluate: (start, end, step) => series(start, end, { step, as: asBigInt }),
    }),
  ],
  examples: [
    { call: 'GENERATE_SERIES(-2, 1)', result: '[-2, -1, 0, 1]' },
    { call: 'GENERATE_SERIES(4, 0, -2)', result: '[4, 2, 0]' },
  ],
};
