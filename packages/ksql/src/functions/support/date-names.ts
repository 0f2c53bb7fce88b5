/** Names in texts of dates, in English; Monday is the first day. */

export const MONTHS: readonly string[] = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

export const WEEKDAYS: readonly string[] = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
];

const QUARTERS = ['1st quarter', '2nd quarter', '3rd quarter', '4th quarter'];

const SHORT_LETTERS = 3;

/** The names of a field's values in one style, from its first value on; undefined for fields without names. */
export function namesOf(field: string, style: 'short' | 'full' | 'narrow'): readonly string[] | undefined {
  switch (field) {
    case 'M':
      return styled(MONTHS, style);
    case 'E':
      return styled(WEEKDAYS, style);
    case 'Q':
      return style === 'full' ? QUARTERS : QUARTERS.map(([digit]) => (style === 'short' ? `Q${digit}` : digit!));
    case 'a':
      return ['AM', 'PM'];
    case 'G':
      return style === 'full' ? ['Before Christ', 'Anno Domini'] : style === 'short' ? ['BC', 'AD'] : ['B', 'A'];
    default:
      return undefined;
  }
}

function styled(names: readonly string[], style: 'short' | 'full' | 'narrow'): readonly string[] {
  if (style === 'full') return names;
  return names.map((name) => name.slice(0, style === 'short' ? SHORT_LETTERS : 1));
}
