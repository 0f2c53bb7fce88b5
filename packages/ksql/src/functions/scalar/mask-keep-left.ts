import type { ScalarFunction } from '../function.ts';
import { countedMask } from '../support/mask-overloads.ts';
import { maskText } from '../support/masking.ts';

export const MASK_KEEP_LEFT: ScalarFunction = {
  kind: 'scalar',
  name: 'mask_keep_left',
  category: 'STRING',
  description: 'Hides a text but for its first n characters.',
  overloads: countedMask(
    'mask_keep_left',
    (text, count, mask) => text.slice(0, count) + maskText(text.slice(count), mask),
  ),
  examples: [{ call: "MASK_KEEP_LEFT('My Test $123', 4)", result: 'My Txxx--nnn' }],
};
