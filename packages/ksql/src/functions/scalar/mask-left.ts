import type { ScalarFunction } from '../function.ts';
import { countedMask } from '../support/mask-overloads.ts';
import { maskText } from '../support/masking.ts';

export const MASK_LEFT: ScalarFunction = {
  kind: 'scalar',
  name: 'mask_left',
  category: 'STRING',
  description: 'Hides the first n characters of a text.',
  overloads: countedMask('mask_left', (text, count, mask) => maskText(text.slice(0, count), mask) + text.slice(count)),
  examples: [{ call: "MASK_LEFT('My Test $123', 4)", result: 'Xx-Xest $123' }],
};
