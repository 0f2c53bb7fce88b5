import type { ScalarFunction } from './function.ts';
import { ABS } from './scalar/abs.ts';
import { ACOS } from './scalar/acos.ts';
import { ARRAY_CONCAT } from './scalar/array-concat.ts';
import { ARRAY_CONTAINS } from './scalar/array-contains.ts';
import { ARRAY_DISTINCT } from './scalar/array-distinct.ts';
import { ARRAY_EXCEPT } from './scalar/array-except.ts';
import { ARRAY_INTERSECT } from './scalar/array-intersect.ts';
import { ARRAY_JOIN } from './scalar/array-join.ts';
import { ARRAY_LENGTH } from './scalar/array-length.ts';
import { ARRAY_MAX } from './scalar/array-max.ts';
import { ARRAY_MIN } from './scalar/array-min.ts';
import { ARRAY_REMOVE } from './scalar/array-remove.ts';
import { ARRAY_SORT } from './scalar/array-sort.ts';
import { ARRAY_UNION } from './scalar/array-union.ts';
import { AS_MAP } from './scalar/as-map.ts';
import { AS_VALUE } from './scalar/as-value.ts';
import { ASIN } from './scalar/asin.ts';
import { ATAN } from './scalar/atan.ts';
import { ATAN2 } from './scalar/atan2.ts';
import { BIGINT_FROM_BYTES } from './scalar/bigint-from-bytes.ts';
import { CBRT } from './scalar/cbrt.ts';
import { CEIL } from './scalar/ceil.ts';
import { CHR } from './scalar/chr.ts';
import { COALESCE } from './scalar/coalesce.ts';
import { CONCAT } from './scalar/concat.ts';
import { CONCAT_WS } from './scalar/concat-ws.ts';
import { CONVERT_TZ } from './scalar/convert-tz.ts';
import { COS } from './scalar/cos.ts';
import { COSH } from './scalar/cosh.ts';
import { COT } from './scalar/cot.ts';
import { DATEADD } from './scalar/dateadd.ts';
import { DATESUB } from './scalar/datesub.ts';
import { DATETOSTRING } from './scalar/datetostring.ts';
import { DEGREES } from './scalar/degrees.ts';
import { DOUBLE_FROM_BYTES } from './scalar/double-from-bytes.ts';
import { ELT } from './scalar/elt.ts';
import { ENCODE } from './scalar/encode.ts';
import { ENTRIES } from './scalar/entries.ts';
import { EXP } from './scalar/exp.ts';
import { EXTRACTJSONFIELD } from './scalar/extractjsonfield.ts';
import { FIELD } from './scalar/field.ts';
import { FILTER } from './scalar/filter.ts';
import { FLOOR } from './scalar/floor.ts';
import { FORMAT_DATE } from './scalar/format-date.ts';
import { FORMAT_TIME } from './scalar/format-time.ts';
import { FORMAT_TIMESTAMP } from './scalar/format-timestamp.ts';
import { FROM_BYTES } from './scalar/from-bytes.ts';
import { FROM_DAYS } from './scalar/from-days.ts';
import { FROM_UNIXTIME } from './scalar/from-unixtime.ts';
import { GENERATE_SERIES } from './scalar/generate-series.ts';
import { GEO_DISTANCE } from './scalar/geo-distance.ts';
import { GREATEST } from './scalar/greatest.ts';
import { IFNULL } from './scalar/ifnull.ts';
import { INITCAP } from './scalar/initcap.ts';
import { INSTR } from './scalar/instr.ts';
import { INT_FROM_BYTES } from './scalar/int-from-bytes.ts';
import { IS_JSON_STRING } from './scalar/is-json-string.ts';
import { JSON_ARRAY_CONTAINS } from './scalar/json-array-contains.ts';
import { JSON_ARRAY_LENGTH } from './scalar/json-array-length.ts';
import { JSON_CONCAT } from './scalar/json-concat.ts';
import { JSON_ITEMS } from './scalar/json-items.ts';
import { JSON_KEYS } from './scalar/json-keys.ts';
import { JSON_RECORDS } from './scalar/json-records.ts';
import { LCASE } from './scalar/lcase.ts';
import { LEAST } from './scalar/least.ts';
import { LEN } from './scalar/len.ts';
import { LN } from './scalar/ln.ts';
import { LOG } from './scalar/log.ts';
import { LPAD } from './scalar/lpad.ts';
import { MAP_KEYS } from './scalar/map-keys.ts';
import { MAP_UNION } from './scalar/map-union.ts';
import { MAP_VALUES } from './scalar/map-values.ts';
import { MASK } from './scalar/mask.ts';
import { MASK_KEEP_LEFT } from './scalar/mask-keep-left.ts';
import { MASK_KEEP_RIGHT } from './scalar/mask-keep-right.ts';
import { MASK_LEFT } from './scalar/mask-left.ts';
import { MASK_RIGHT } from './scalar/mask-right.ts';
import { MD5 } from './scalar/md5.ts';
import { NULLIF } from './scalar/nullif.ts';
import { PARSE_DATE } from './scalar/parse-date.ts';
import { PARSE_TIME } from './scalar/parse-time.ts';
import { PARSE_TIMESTAMP } from './scalar/parse-timestamp.ts';
import { PI } from './scalar/pi.ts';
import { POWER } from './scalar/power.ts';
import { RADIANS } from './scalar/radians.ts';
import { RANDOM } from './scalar/random.ts';
import { REDUCE } from './scalar/reduce.ts';
import { REGEXP_EXTRACT } from './scalar/regexp-extract.ts';
import { REGEXP_EXTRACT_ALL } from './scalar/regexp-extract-all.ts';
import { REGEXP_REPLACE } from './scalar/regexp-replace.ts';
import { REGEXP_SPLIT_TO_ARRAY } from './scalar/regexp-split-to-array.ts';
import { REPLACE } from './scalar/replace.ts';
import { ROUND } from './scalar/round.ts';
import { RPAD } from './scalar/rpad.ts';
import { SIGN } from './scalar/sign.ts';
import { SIN } from './scalar/sin.ts';
import { SINH } from './scalar/sinh.ts';
import { SLICE } from './scalar/slice.ts';
import { SPLIT } from './scalar/split.ts';
import { SPLIT_TO_MAP } from './scalar/split-to-map.ts';
import { SQRT } from './scalar/sqrt.ts';
import { STRINGTODATE } from './scalar/stringtodate.ts';
import { STRINGTOTIMESTAMP } from './scalar/stringtotimestamp.ts';
import { SUBSTRING } from './scalar/substring.ts';
import { TAN } from './scalar/tan.ts';
import { TANH } from './scalar/tanh.ts';
import { TIMEADD } from './scalar/timeadd.ts';
import { TIMESTAMPADD } from './scalar/timestampadd.ts';
import { TIMESTAMPSUB } from './scalar/timestampsub.ts';
import { TIMESTAMPTOSTRING } from './scalar/timestamptostring.ts';
import { TIMESUB } from './scalar/timesub.ts';
import { TO_BYTES } from './scalar/to-bytes.ts';
import { TO_JSON_STRING } from './scalar/to-json-string.ts';
import { TRANSFORM } from './scalar/transform.ts';
import { TRIM } from './scalar/trim.ts';
import { TRUNC } from './scalar/trunc.ts';
import { UCASE } from './scalar/ucase.ts';
import { UNIX_DATE } from './scalar/unix-date.ts';
import { UNIX_TIMESTAMP } from './scalar/unix-timestamp.ts';
import { URL_DECODE_PARAM } from './scalar/url-decode-param.ts';
import { URL_ENCODE_PARAM } from './scalar/url-encode-param.ts';
import { URL_EXTRACT_FRAGMENT } from './scalar/url-extract-fragment.ts';
import { URL_EXTRACT_HOST } from './scalar/url-extract-host.ts';
import { URL_EXTRACT_PARAMETER } from './scalar/url-extract-parameter.ts';
import { URL_EXTRACT_PATH } from './scalar/url-extract-path.ts';
import { URL_EXTRACT_PORT } from './scalar/url-extract-port.ts';
import { URL_EXTRACT_PROTOCOL } from './scalar/url-extract-protocol.ts';
import { URL_EXTRACT_QUERY } from './scalar/url-extract-query.ts';
import { UUID } from './scalar/uuid.ts';

/** All of ksqlDB's scalar functions. */
export const SCALAR_FUNCTIONS: readonly ScalarFunction[] = [
  ABS,
  ACOS,
  ARRAY_CONCAT,
  ARRAY_CONTAINS,
  ARRAY_DISTINCT,
  ARRAY_EXCEPT,
  ARRAY_INTERSECT,
  ARRAY_JOIN,
  ARRAY_LENGTH,
  ARRAY_MAX,
  ARRAY_MIN,
  ARRAY_REMOVE,
  ARRAY_SORT,
  ARRAY_UNION,
  AS_MAP,
  AS_VALUE,
  ASIN,
  ATAN,
  ATAN2,
  BIGINT_FROM_BYTES,
  CBRT,
  CEIL,
  CHR,
  COALESCE,
  CONCAT_WS,
  CONCAT,
  CONVERT_TZ,
  COS,
  COSH,
  COT,
  DATEADD,
  DATESUB,
  DATETOSTRING,
  DEGREES,
  DOUBLE_FROM_BYTES,
  ELT,
  ENCODE,
  ENTRIES,
  EXP,
  EXTRACTJSONFIELD,
  FIELD,
  FILTER,
  FLOOR,
  FORMAT_DATE,
  FORMAT_TIME,
  FORMAT_TIMESTAMP,
  FROM_BYTES,
  FROM_DAYS,
  FROM_UNIXTIME,
  GENERATE_SERIES,
  GEO_DISTANCE,
  GREATEST,
  IFNULL,
  INITCAP,
  INSTR,
  INT_FROM_BYTES,
  IS_JSON_STRING,
  JSON_ARRAY_CONTAINS,
  JSON_ARRAY_LENGTH,
  JSON_CONCAT,
  JSON_ITEMS,
  JSON_KEYS,
  JSON_RECORDS,
  LCASE,
  LEAST,
  LEN,
  LN,
  LOG,
  LPAD,
  MAP_KEYS,
  MAP_UNION,
  MAP_VALUES,
  MASK_KEEP_LEFT,
  MASK_KEEP_RIGHT,
  MASK_LEFT,
  MASK_RIGHT,
  MASK,
  MD5,
  NULLIF,
  PARSE_DATE,
  PARSE_TIME,
  PARSE_TIMESTAMP,
  PI,
  POWER,
  RADIANS,
  RANDOM,
  REDUCE,
  REGEXP_EXTRACT_ALL,
  REGEXP_EXTRACT,
  REGEXP_REPLACE,
  REGEXP_SPLIT_TO_ARRAY,
  REPLACE,
  ROUND,
  RPAD,
  SIGN,
  SIN,
  SINH,
  SLICE,
  SPLIT_TO_MAP,
  SPLIT,
  SQRT,
  STRINGTODATE,
  STRINGTOTIMESTAMP,
  SUBSTRING,
  TAN,
  TANH,
  TIMEADD,
  TIMESTAMPADD,
  TIMESTAMPSUB,
  TIMESTAMPTOSTRING,
  TIMESUB,
  TO_BYTES,
  TO_JSON_STRING,
  TRANSFORM,
  TRIM,
  TRUNC,
  UCASE,
  UNIX_DATE,
  UNIX_TIMESTAMP,
  URL_DECODE_PARAM,
  URL_ENCODE_PARAM,
  URL_EXTRACT_FRAGMENT,
  URL_EXTRACT_HOST,
  URL_EXTRACT_PARAMETER,
  URL_EXTRACT_PATH,
  URL_EXTRACT_PORT,
  URL_EXTRACT_PROTOCOL,
  URL_EXTRACT_QUERY,
  UUID,
];
