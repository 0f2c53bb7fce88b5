import { MillraceError } from '@millrace/base';
import type { Format } from './format.ts';
import { printColumnList } from './print-columns.ts';

/** No columns: bytes are ignored on reading, and there are none on writing. */
export const NONE_FORMAT: Format = {
  name: 'NONE',
  features: new Set(),
  properties: new Set(),
  checkColumns(columns) {
    if (columns.length === 0) return;
    throw new MillraceError(
      'FORMAT_UNSUPPORTED',
      `The 'NONE' format can only be used when no columns are defined. Got: ${printColumnList(columns)}`,
    );
  },
  createSerde(columns) {
    NONE_FORMAT.checkColumns(columns);
    return { serialize: () => null, deserialize: () => [] };
  },
};
