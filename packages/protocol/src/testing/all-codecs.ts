import { assert } from '@millrace/base';
import type { MessageCodec } from '../api.ts';
import { type ApiName, apis } from '../generated/apis.ts';
import * as generated from '../generated/public.ts';
import { apiDeclarations, messageDeclarations } from '../messages/all.ts';
import { type MessageDeclaration, messagesOf } from '../schema.ts';
import type { AnyMessage } from './arbitrary-message.ts';

/** A declared message together with the codec that was generated for it. */
type DeclaredCodec = { readonly declaration: MessageDeclaration; readonly codec: MessageCodec<AnyMessage> };

/** Every declared message: the requests and responses of all APIs, and those that stand by themselves. */
export const allCodecs: readonly DeclaredCodec[] = [
  ...apiDeclarations.flatMap((api) => {
    const { request, response } = messagesOf(api);
    // The declaration says what the interface says, so a message made from it is one of the interface.
    const codec = apis[api.name as ApiName] as unknown as UntypedApi;
    const versions = { minVersion: api.versions.first, maxVersion: api.versions.last, recordType: null };
    return [
      {
        declaration: request,
        codec: { name: request.name, ...versions, encode: codec.encodeRequest, decode: codec.decodeRequest },
      },
      {
        declaration: response,
        codec: { name: response.name, ...versions, encode: codec.encodeResponse, decode: codec.decodeResponse },
      },
    ];
  }),
  ...messageDeclarations.map((declaration) => {
    const constant = `${declaration.name[0]!.toLowerCase()}${declaration.name.slice(1)}Codec`;
    const codec = (generated as Readonly<Record<string, unknown>>)[constant];
    assert(codec !== undefined, `${constant} is exported`);
    return { declaration, codec: codec as MessageCodec<AnyMessage> };
  }),
];

type UntypedApi = {
  readonly encodeRequest: MessageCodec<AnyMessage>['encode'];
  readonly decodeRequest: MessageCodec<AnyMessage>['decode'];
  readonly encodeResponse: MessageCodec<AnyMessage>['encode'];
  readonly decodeResponse: MessageCodec<AnyMessage>['decode'];
};

/** The versions of a declared message, oldest first. */
export function versionsOf({ versions }: MessageDeclaration): number[] {
  return Array.from({ length: versions.last - versions.first + 1 }, (_, index) => versions.first + index);
}
