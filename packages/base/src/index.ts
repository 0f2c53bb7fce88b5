export { assert, unreachable } from './assert.ts';
export { type Clock, systemClock, type Timer } from './clock.ts';
export { describeError, type ErrorContext, MillraceError, type MillraceErrorOptions } from './error.ts';
export { Exposition, type Labels, labelText, type MetricFamily } from './exposition.ts';
export type { Closeable, CloseOptions } from './lifecycle.ts';
export {
  consoleLogger,
  type LineLoggerOptions,
  type LogFields,
  type Logger,
  type LogLevel,
  lineLogger,
  silentLogger,
} from './logger.ts';
export { type Property, parseProperties, propertiesOf } from './properties.ts';
export { type Random, seededRandom, systemRandom } from './random.ts';
export { TimeHistogram } from './time-histogram.ts';
