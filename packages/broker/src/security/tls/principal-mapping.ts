import { MillraceError } from '@millrace/base';

type Mapping = (distinguishedName: string) => string | null;

// Kafka's own grammar: DEFAULT, or RULE:pattern/replacement/ with L or U for the letters' case; slashes are escaped.
const RULE = /\s*(?:(DEFAULT)|RULE:((?:\\.|[^\\/])*)\/((?:\\.|[^\\/])*)\/([LU]?))\s*(?:,|$)/y;

/**
 * Reads Kafka's `ssl.principal.mapping.rules` (KIP-371): the name of a client is made by the first rule whose pattern fits
 * the whole distinguished name.
 *
 * @throws MillraceError `INVALID_PRINCIPAL_MAPPING`
 */
export function principalMapping(rules: string): (distinguishedName: string) => string {
  const mappings = parseRules(rules);
  return (distinguishedName) => {
    for (const mapping of mappings) {
      const name = mapping(distinguishedName);
      if (name !== null) return name;
    }
    throw new MillraceError('NO_PRINCIPAL_MAPPING', `no rule of ${rules} applies to ${distinguishedName}`);
  };
}

function parseRules(rules: string): readonly Mapping[] {
  const mappings: Mapping[] = [];
  let at = 0;
  while (at < rules.length) {
    RULE.lastIndex = at;
    const match = RULE.exec(rules);
    if (match === null) {
      throw new MillraceError('INVALID_PRINCIPAL_MAPPING', `Invalid rule: \`${rules.slice(at)}\` in ${rules}`);
    }
    at = RULE.lastIndex;
    const [, isDefault, pattern = '', replacement = '', letters] = match;
    mappings.push(isDefault === undefined ? ruleMapping(pattern, replacement, letters ?? '') : (name) => name);
  }
  return mappings.length === 0 ? [(name) => name] : mappings;
}

function ruleMapping(pattern: string, replacement: string, letters: string): Mapping {
  const expression = new RegExp(`^(?:${pattern.replaceAll('\\/', '/')})$`);
  return (distinguishedName) => {
    if (!expression.test(distinguishedName)) return null;
    const name = distinguishedName.replace(expression, replacement.replaceAll('\\/', '/'));
    if (letters === 'L') return name.toLowerCase();
    return letters === 'U' ? name.toUpperCase() : name;
  };
}
