import { MillraceError } from '@millrace/base';

/** One login module of a JAAS configuration: its class and its options. */
export type JaasModule = { readonly className: string; readonly options: Readonly<Record<string, string>> };

const MODULE = /^\s*([\w.$]+)\s+(required|requisite|sufficient|optional)\b([\s\S]*?);\s*$/i;
const OPTION = /\s*([\w.$-]+)\s*=\s*(?:"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|([^\s"';]+))/y;

/**
 * Reads a `sasl.jaas.config` as Kafka's users have it:
 * `org.apache.kafka.common.security.plain.PlainLoginModule required user_alice="alice-secret";`
 *
 * @throws MillraceError `INVALID_JAAS_CONFIG`; its message never shows an option's value.
 */
export function parseJaas(text: string): JaasModule {
  const match = MODULE.exec(text);
  if (match === null) {
    throw new MillraceError(
      'INVALID_JAAS_CONFIG',
      'a JAAS configuration is a class, a flag such as `required`, options, and a semicolon at the end',
    );
  }
  const [, className = '', , rest = ''] = match;
  const options: Record<string, string> = {};
  let at = 0;
  while (rest.slice(at).trim() !== '') {
    OPTION.lastIndex = at;
    const option = OPTION.exec(rest);
    if (option === null) {
      const count = Object.keys(options).length;
      throw new MillraceError('INVALID_JAAS_CONFIG', `option ${count + 1} of ${className} is not name="value"`);
    }
    const quoted = option[2] ?? option[3];
    options[option[1]!] = quoted === undefined ? option[4]! : quoted.replace(/\\(.)/g, '$1');
    at = OPTION.lastIndex;
  }
  return { className, options };
}
