import { ATTR } from './aggregate/attr.ts';
import { AVG } from './aggregate/avg.ts';
import { COLLECT_LIST } from './aggregate/collect-list.ts';
import { COLLECT_SET } from './aggregate/collect-set.ts';
import { CORRELATION } from './aggregate/correlation.ts';
import { COUNT } from './aggregate/count.ts';
import { COUNT_DISTINCT } from './aggregate/count-distinct.ts';
import { EARLIEST_BY_OFFSET } from './aggregate/earliest-by-offset.ts';
import { HISTOGRAM } from './aggregate/histogram.ts';
import { LATEST_BY_OFFSET } from './aggregate/latest-by-offset.ts';
import { MAX } from './aggregate/max.ts';
import { MIN } from './aggregate/min.ts';
import { STDDEV_SAMP } from './aggregate/stddev-samp.ts';
import { STDDEV_SAMPLE } from './aggregate/stddev-sample.ts';
import { SUM } from './aggregate/sum.ts';
import { SUM_LIST } from './aggregate/sum-list.ts';
import { TOPK } from './aggregate/topk.ts';
import { TOPKDISTINCT } from './aggregate/topkdistinct.ts';
import type { AggregateFunction } from './function.ts';

/** All of ksqlDB's aggregate functions. */
export const AGGREGATE_FUNCTIONS: readonly AggregateFunction[] = [
  ATTR,
  AVG,
  COLLECT_LIST,
  COLLECT_SET,
  CORRELATION,
  COUNT_DISTINCT,
  COUNT,
  EARLIEST_BY_OFFSET,
  HISTOGRAM,
  LATEST_BY_OFFSET,
  MAX,
  MIN,
  STDDEV_SAMP,
  STDDEV_SAMPLE,
  SUM_LIST,
  SUM,
  TOPK,
  TOPKDISTINCT,
];
