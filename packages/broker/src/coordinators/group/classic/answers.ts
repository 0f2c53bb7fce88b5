import type { JoinGroupResponse, SyncGroupResponse } from '@millrace/protocol';

export type JoinAnswer = Omit<JoinGroupResponse, 'throttleTimeMs'>;
export type SyncAnswer = Omit<SyncGroupResponse, 'throttleTimeMs'>;

export function refusedJoin(memberId: string, errorCode: number): JoinAnswer {
  return {
    errorCode,
    generationId: -1,
    protocolType: null,
    protocolName: null,
    leader: '',
    skipAssignment: false,
    memberId,
    members: [],
  };
}

export function refusedSync(errorCode: number): SyncAnswer {
  return { errorCode, protocolType: null, protocolName: null, assignment: new Uint8Array(0) };
}
