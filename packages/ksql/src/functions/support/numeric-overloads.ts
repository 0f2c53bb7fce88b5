import { overload, type ScalarOverload } from '../function.ts';
import { BIGINT, DOUBLE, INTEGER } from '../parameter.ts';

/** A function of one double that also takes whole numbers as they are. */
export function doubleOverloads(compute: (x: number) => number): readonly ScalarOverload[] {
  return [
    overload({ parameters: [INTEGER], returns: DOUBLE, evaluate: (x) => compute(x) }),
    overload({ parameters: [BIGINT], returns: DOUBLE, evaluate: (x) => compute(Number(x)) }),
    overload({ parameters: [DOUBLE], returns: DOUBLE, evaluate: (x) => compute(x) }),
  ];
}

export function doublePairOverloads(compute: (x: number, y: number) => number): readonly ScalarOverload[] {
  return [
    overload({ parameters: [INTEGER, INTEGER], returns: DOUBLE, evaluate: (x, y) => compute(x, y) }),
    overload({ parameters: [BIGINT, BIGINT], returns: DOUBLE, evaluate: (x, y) => compute(Number(x), Number(y)) }),
    overload({ parameters: [DOUBLE, DOUBLE], returns: DOUBLE, evaluate: (x, y) => compute(x, y) }),
  ];
}
