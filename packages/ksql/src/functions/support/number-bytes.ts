import { MillraceError } from '@millrace/base';
import type { SqlValue } from '../../types/values.ts';
import { overload, type ScalarOverload } from '../function.ts';
import { BYTES, type Parameter, STRING } from '../parameter.ts';

const BYTE_ORDERS: Readonly<Record<string, boolean>> = { BIG_ENDIAN: false, LITTLE_ENDIAN: true };

/** The two forms of the functions that read a number of a fixed number of bytes. */
export function numberFromBytes(
  returns: Parameter,
  size: number,
  read: (view: DataView, littleEndian: boolean) => SqlValue,
): readonly ScalarOverload[] {
  const evaluate = (bytes: Uint8Array, order: string): SqlValue => {
    const littleEndian = BYTE_ORDERS[order.toUpperCase()];
    if (littleEndian === undefined) {
      throw new MillraceError('INVALID_ARGUMENT', `Byte order must be BIG_ENDIAN or LITTLE_ENDIAN, not '${order}'`);
    }
    if (bytes.length !== size) {
      throw new MillraceError(
        'INVALID_ARGUMENT',
        `Number of bytes must be equal to ${size}, but found ${bytes.length}`,
      );
    }
    return read(new DataView(bytes.buffer, bytes.byteOffset, size), littleEndian);
  };
  return [
    overload({ parameters: [BYTES], returns, evaluate: (bytes) => evaluate(bytes, 'BIG_ENDIAN') }),
    overload({ parameters: [BYTES, STRING], returns, evaluate }),
  ];
}
