/** Reads a Java properties file: `key=value` lines, comments after `#` or `!`; a backslash at the end continues a line. */
export function parseProperties(text: string): Record<string, string> {
  const lines = text.replace(/\\\r?\n[ \t]*/g, '').split(/\r?\n/);
  const entries = lines.flatMap((line) => {
    const match = /^\s*([^#!\s=:][^\s=:]*)\s*[=:\s]?\s*(.*?)\s*$/.exec(line);
    return match === null ? [] : [[match[1]!, match[2]!] as const];
  });
  return Object.fromEntries(entries);
}
