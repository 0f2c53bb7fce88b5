/** One case of a SQL test file: what stands between its `--@test:` line and the next. */
export type SqlTest = {
  readonly name: string;
  readonly sql: string;
  /** Class of the error that is expected, without package, and a part of its message. */
  readonly expectedError: string | undefined;
  readonly expectedMessage: string | undefined;
};

export function readSqlTests(text: string): readonly SqlTest[] {
  const starts = [...text.matchAll(/^--@test:(.*)$/gm)];
  return starts.map((match, position) => {
    const body = text.slice(match.index + match[0].length, starts[position + 1]?.index);
    const error = directive(body, 'expected.error');
    return {
      name: match[1]!.trim(),
      sql: body,
      expectedError: error?.slice(error.lastIndexOf('.') + 1),
      expectedMessage: directive(body, 'expected.message'),
    };
  });
}

function directive(body: string, name: string): string | undefined {
  return new RegExp(`^--@${name.replace('.', '\\.')}:(.*)$`, 'm').exec(body)?.[1]?.trim();
}
