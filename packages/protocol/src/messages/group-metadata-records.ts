/**
 * Classic groups as records of `__consumer_offsets`: members, protocol and generation. The key begins with an int16,
 * the type of the record; the value with an int16, its version.
 *
 * - v1: rebalance timeout
 * - v2: time of the last change of state
 * - v3: static members (KIP-345)
 * - v4: flexible
 */
import {
  bytes,
  int32,
  int64,
  list,
  type MessageDeclaration,
  message,
  type StructType,
  string,
  struct,
} from '../schema.ts';

export const groupMetadataKey: MessageDeclaration = message({
  name: 'GroupMetadataKey',
  versions: '0',
  recordType: 2,
  fields: {
    group: string('0'),
  },
});

const memberMetadata: StructType = struct('MemberMetadata', {
  memberId: string('0+'),
  groupInstanceId: string('3+', { nullable: '3+', default: null, ignorable: true }),
  clientId: string('0+'),
  clientHost: string('0+'),
  rebalanceTimeout: int32('1+', { default: -1, ignorable: true }),
  sessionTimeout: int32('0+'),
  subscription: bytes('0+'),
  assignment: bytes('0+'),
});

export const groupMetadataValue: MessageDeclaration = message({
  name: 'GroupMetadataValue',
  versions: '0-4',
  flexible: '4+',
  recordType: 2,
  fields: {
    protocolType: string('0+'),
    generation: int32('0+'),
    protocol: string('0+', { nullable: '0+' }),
    leader: string('0+', { nullable: '0+' }),
    currentStateTimestamp: int64('2+', { default: -1, ignorable: true }),
    members: list('0+', memberMetadata),
  },
});
