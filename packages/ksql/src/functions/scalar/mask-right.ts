import type { ScalarFunction } from '../function.ts';
import { countedMask } from '../support/mask-overloads.ts';
import { maskText } from '../support/masking.ts';

export const MASK_RIGHT: ScalarFunction = {
  kind: 'scalar',
  name: 'mask_right',
  category: 'STRING',
  description: 'Hides the last n characters of a text.',
  overloads: countedMask('mask_right', (text, count, mask) => {
    const kept = Math.max(text.length - count, 0);
    return text.slice(0, kept) + maskText(text.slice(kept), mask);
  }),
  examples: [{ call: "MASK_RIGHT('My Test $123', 4)", result: 'My Test -nnn' }],
};
