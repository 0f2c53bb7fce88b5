import type { ScalarFunction } from '../function.ts';
import { countedMask } from '../support/mask-overloads.ts';
import { maskText } from '../support/masking.ts';

export const MASK_KEEP_RIGHT: ScalarFunction = {
  kind: 'scalar',
  name: 'mask_keep_right',
  category: 'STRING',
  description: 'Hides a text but for its last n characters.',
  overloads: countedMask('mask_keep_right', (text, count, mask) => {
    const masked = Math.max(text.length - count, 0);
    return maskText(text.slice(0, masked), mask) + text.slice(masked);
  }),
  examples: [{ call: "MASK_KEEP_RIGHT('My Test $123', 4)", result: 'Xx-Xxxx-$123' }],
};
