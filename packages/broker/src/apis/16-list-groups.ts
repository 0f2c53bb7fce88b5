/** ListGroups, versions 0–5. 3: flexible. 4: filter by state (KIP-518). 5: type (KIP-848). */
import { errorCodeOf } from '../lib/broker-error.ts';
import { type BrokerApi, defineApi } from './api.ts';

export const listGroups: BrokerApi = defineApi({
  name: 'ListGroups',
  handle(services, { statesFilter, typesFilter }) {
    const accepts = (filter: readonly string[], value: string): boolean =>
      filter.length === 0 || filter.some((wanted) => wanted.toLowerCase() === value.toLowerCase());
    try {
      const groups = [...services.groups.list()]
        .filter(({ state, kind }) => accepts(statesFilter, state) && accepts(typesFilter, kind))
        .map(({ id, protocolType, state, kind }) => ({
          groupId: id,
          protocolType: protocolType ?? '',
          groupState: state,
          groupType: kind,
        }));
      return { throttleTimeMs: 0, errorCode: 0, groups };
    } catch (error) {
      return { throttleTimeMs: 0, errorCode: errorCodeOf(error), groups: [] };
    }
  },
});
