import { topologyError } from '../errors.ts';

const NAME_LENGTH_MAX = 249;

/**
 * Names of processors, stores and repartitions end up in topic names, so they follow Kafka's rules for those.
 * @throws StreamsError `TOPOLOGY_INVALID`
 */
export function checkName(name: string): void {
  if (name === '') throw topologyError("Name is illegal, it can't be empty");
  if (name === '.' || name === '..') throw topologyError('Name cannot be "." or ".."');
  if (name.length > NAME_LENGTH_MAX) {
    throw topologyError(`Name is illegal, it can't be longer than ${NAME_LENGTH_MAX} characters, name: ${name}`);
  }
  if (!/^[a-zA-Z0-9._-]+$/.test(name)) {
    throw topologyError(
      `Name "${name}" is illegal, it contains a character other than ASCII alphanumerics, '.', '_' and '-'`,
    );
  }
}
