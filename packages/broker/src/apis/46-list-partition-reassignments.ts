/** ListPartitionReassignments, version 0 (KIP-455). Nothing ever moves on one broker: the list is empty. */
import { type BrokerApi, defineApi } from './api.ts';

export const listPartitionReassignments: BrokerApi = defineApi({
  name: 'ListPartitionReassignments',
  handle() {
    return { throttleTimeMs: 0, errorCode: 0, errorMessage: null, topics: [] };
  },
});
