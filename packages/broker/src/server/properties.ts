/** Reads a Java properties file: `key=value` lines, `#` and `!` comments, a backslash at the end continues a line. */
export function parseProperties(text: string): Record<string, string> {
  const properties: Record<string, string> = {};
  for (const line of text.replace(/\\\r?\n\s*/g, '').split(/\r?\n/)) {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#') || trimmed.startsWith('!')) continue;
    const match = /^(.+?)\s*(?:[=:]\s*|\s+)(.*)$/.exec(trimmed);
    if (match === null) properties[trimmed] = '';
    else properties[match[1]!] = match[2]!;
  }
  return properties;
}
