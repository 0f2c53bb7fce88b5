/**
 * The natural logarithm correctly rounded, but for a few cases in a million: Java computes it so, and JavaScript engines do
 * not. log(x) = k·ln 2 + log(1+f) with √2/2 < 1+f < √2, in sums of two numbers where one is too short.
 */
export function javaLog(x: number): number {
  if (!(x > 0) || x === Number.POSITIVE_INFINITY) return Math.log(x);
  const { exponent, fraction } = split(x);
  const { high, low } = halfOfLog(fraction);
  const whole = exponent * LN2_HIGH;
  const sum = whole + 2 * high;
  // What the sum lost, exactly.
  const rest = sum - whole;
  const lost = whole - (sum - rest) + (2 * high - rest);
  return sum + (lost + (exponent * LN2_LOW + 2 * low));
}

/** ln 2 in two parts, the first short enough that its products with exponents are exact. */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const TERMS = 14;
const TWO_54 = 2 ** 54;
const BIAS = 1023;

const view = new DataView(new ArrayBuffer(8));

/** x = 2^exponent · (1 + fraction) */
function split(x: number): { readonly exponent: number; readonly fraction: number } {
  const isSubnormal = x < 2 ** -1022;
  view.setFloat64(0, isSubnormal ? x * TWO_54 : x);
  const high = view.getInt32(0);
  let exponent = (high >> 20) - BIAS - (isSubnormal ? 54 : 0);
  view.setInt32(0, (high & 0xfffff) | (BIAS << 20));
  let mantissa = view.getFloat64(0);
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    exponent++;
  }
  return { exponent, fraction: mantissa - 1 };
}

/** log(1+f)/2 = s + s³/3 + s⁵/5 + …, s = f/(2+f), as a sum of two numbers. */
function halfOfLog(f: number): { readonly high: number; readonly low: number } {
  const divisor = 2 + f;
  const s = f / divisor;
  const rounding = f - (divisor - 2);
  const remainder = f - s * divisor - productLoss(s, divisor) - s * rounding;
  const square = s * s;
  let series = 0;
  for (let term = TERMS; term >= 1; term--) series = square * (1 / (2 * term + 1) + series);
  return { high: s, low: remainder / divisor + s * series };
}

const SPLITTER = 2 ** 27 + 1;

/** What the product of two numbers loses to rounding (Dekker). */
function productLoss(left: number, right: number): number {
  const product = left * right;
  const leftHigh = upperHalf(left);
  const rightHigh = upperHalf(right);
  const leftLow = left - leftHigh;
  const rightLow = right - rightHigh;
  return leftHigh * rightHigh - product + leftHigh * rightLow + leftLow * rightHigh + leftLow * rightLow;
}

function upperHalf(x: number): number {
  const spread = SPLITTER * x;
  return spread - (spread - x);
}
