/** ListGroups, versions 0–5. 3: flexible. 4: filter by state (KIP-518). 5: type (KIP-848). */
import { errorCodeOf } from '../lib/broker-error.ts';
import { type BrokerApi, defineApi } from './api.ts';

const CLASSIC = 'classic';

export const listGroups: BrokerApi = defineApi({
  name: 'ListGroups',
  handle(services, { statesFilter, typesFilter }) {
    const accepts = (filter: readonly string[], value: string): boolean =>
      filter.length === 0 || filter.some((wanted) => wanted.toLowerCase() === value.toLowerCase());
    try {
      const groups = services.groups
        .list()
        .filter(({ state }) => accepts(statesFilter, state) && accepts(typesFilter, CLASSIC))
        .map(({ groupId, protocolType, state }) => ({ groupId, protocolType, groupState: state, groupType: CLASSIC }));
      return { throttleTimeMs: 0, errorCode: 0, groups };
    } catch (error) {
      return { throttleTimeMs: 0, errorCode: errorCodeOf(error), groups: [] };
    }
  },
});
