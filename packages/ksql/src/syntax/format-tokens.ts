/** A word or sign of a statement with the comments around it. */
export type FormatToken = {
  readonly text: string;
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'sign';
  /** Comments on lines of their own before it, and whether an empty line stands before all of that. */
  readonly leading: readonly string[];
  readonly hasGap: boolean;
  /** Comments behind it on the same line. */
  trailing: readonly string[];
};

export type ScannedText = {
  readonly tokens: readonly FormatToken[];
  /** What stands behind the last token. */
  readonly ending: readonly string[];
};

const PARTS = new RegExp(
  [
    /(?<space>[ \t\r\n]+)/,
    /(?<comment>--[^\r\n]*|\/\*[\s\S]*?\*\/)/,
    /(?<string>'(?:[^']|'')*')/,
    /(?<quoted>"(?:[^"]|"")*"|`(?:[^`]|``)*`|\$\{[A-Za-z_][A-Za-z0-9_@]*\})/,
    /(?<number>(?:\d+(?:\.\d*)?|\.\d+)[Ee][+-]?\d+(?![A-Za-z0-9_@])|\d+\.\d*|\.\d+|\d+(?![A-Za-z0-9_@]))/,
    /(?<word>[A-Za-z0-9_][A-Za-z0-9_@]*)/,
    /(?<sign>:=|->|=>|\|\||<=|>=|<>|!=|[\s\S])/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gy',
);

/** Cuts a text into words and signs, and keeps its comments with them. */
export function scanForFormat(text: string): ScannedText {
  const tokens: FormatToken[] = [];
  let leading: string[] = [];
  let hasGap = false;
  let lineEnds = 0;
  for (const { groups } of text.matchAll(PARTS)) {
    const { space, comment, string, quoted, number, word, sign } = groups as Record<string, string | undefined>;
    if (space !== undefined) {
      lineEnds += space.split('\n').length - 1;
      if (lineEnds > 1 && leading.length === 0) hasGap = true;
      continue;
    }
    const before = tokens.at(-1);
    if (comment !== undefined) {
      const trimmed = comment.trimEnd();
      if (lineEnds === 0 && leading.length === 0 && before !== undefined) {
        before.trailing = [...before.trailing, trimmed];
      } else {
        leading.push(trimmed);
      }
      lineEnds = 0;
      continue;
    }
    const [kind, own] = (
      [
        ['string', string],
        ['quoted', quoted],
        ['number', number],
        ['word', word],
        ['sign', sign],
      ] as const
    ).find(([, each]) => each !== undefined)!;
    tokens.push({ text: own!, kind, leading, hasGap, trailing: [] });
    leading = [];
    hasGap = false;
    lineEnds = 0;
  }
  return { tokens, ending: leading };
}
