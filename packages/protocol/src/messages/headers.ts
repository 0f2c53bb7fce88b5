/**
 * The headers before each request and response.
 *
 * Requests: v1 has the client id, v2 tagged fields. The client id keeps its old form in both, because a broker must
 * be able to read the header of any ApiVersions request. Responses: v1 has tagged fields. Left out: request header 0.
 */
import { int16, int32, type MessageDeclaration, message, string } from '../schema.ts';

export const requestHeader: MessageDeclaration = message({
  name: 'RequestHeader',
  versions: '1-2',
  flexible: '2+',
  fields: {
    requestApiKey: int16('0+'),
    requestApiVersion: int16('0+'),
    correlationId: int32('0+'),
    clientId: string('1+', { nullable: '1+', neverFlexible: true }),
  },
});

export const responseHeader: MessageDeclaration = message({
  name: 'ResponseHeader',
  versions: '0-1',
  flexible: '1+',
  fields: {
    correlationId: int32('0+'),
  },
});
