import { type ApiDeclaration, api, int16, list, string } from '../schema.ts';

export const saslHandshake: ApiDeclaration = api({
  name: 'SaslHandshake',
  key: 17,
  versions: '0-1',
  request: {
    mechanism: string('0+'),
  },
  response: {
    errorCode: int16('0+'),
    mechanisms: list('0+', 'string'),
  },
});
