import type { AclFilter, AclOperation, AclPermission } from '@millrace/client';
import { choice, type Option, type OptionValues, text, withDefault } from '../../command-line/option.ts';
import { OPERATIONS, type ResourceOptions, resourcesOf } from './rules.ts';

type FilterOptions = {
  readonly principal: Option<string | undefined>;
  readonly host: Option<string | undefined>;
  readonly operation: Option<AclOperation | undefined>;
  readonly permission: Option<AclPermission | undefined>;
  readonly pattern: Option<NonNullable<AclFilter['patternType']>>;
};

export const FILTER_OPTIONS: FilterOptions = {
  principal: text('PRINCIPAL', 'only rules for this one, such as User:alice'),
  host: text('ADDRESS', 'only rules for this address'),
  operation: choice(OPERATIONS, 'only rules on this operation'),
  permission: choice(['allow', 'deny'], 'only rules that say this'),
  pattern: withDefault(
    choice(
      ['literal', 'prefixed', 'match', 'any'],
      'how names are meant: as they are, as beginnings, whatever concerns a resource of this name, or either',
    ),
    'any',
  ),
};

/** One filter for each resource that is named, or one for all. */
export function filtersOf(options: OptionValues<ResourceOptions & FilterOptions>): readonly AclFilter[] {
  const { principal, host, operation, permission, pattern: patternType } = options;
  const common: AclFilter = {
    patternType,
    ...(principal === undefined ? {} : { principal }),
    ...(host === undefined ? {} : { host }),
    ...(operation === undefined ? {} : { operation }),
    ...(permission === undefined ? {} : { permission }),
  };
  const resources = resourcesOf(options);
  return resources.length === 0 ? [common] : resources.map((resource) => ({ ...common, ...resource }));
}
