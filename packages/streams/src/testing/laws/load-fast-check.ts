import { StreamsError } from '../../errors.ts';

export type FastCheck = typeof import('fast-check').default;

/** Loaded by the first check only: who uses the test driver alone needs not install it. */
export async function loadFastCheck(): Promise<FastCheck> {
  try {
    return (await import('fast-check')).default;
  } catch (cause) {
    throw new StreamsError(
      'INVALID_STATE',
      'checkDuality needs fast-check: install it with `npm install --save-dev fast-check`.',
      {
        cause,
      },
    );
  }
}
