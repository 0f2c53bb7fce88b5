import { columnsIn } from '../../analysis/rewrite-expression.ts';
import type { Catalog } from '../../catalog/catalog.ts';
import { booleanSetting, type KsqlConfig } from '../../lib/ksql-config.ts';
import type { Step } from '../../steps/steps.ts';
import type { Query } from '../../syntax/ast.ts';
import { ROWOFFSET, ROWPARTITION } from '../../types/schema.ts';

const PUSH_V2_ENABLED = 'ksql.query.push.v2.enabled';
const OFFSET_RESET = 'auto.offset.reset';

/**
 * Whether a push query is one of those that ksqlDB calls scalable: from now on, a projection and a condition over what
 * one persistent query makes. ksqlDB taps that query; here such a query reads the same rows from the end of its topic.
 */
export function isScalable(query: Query, catalog: Catalog, config: KsqlConfig): boolean {
  const { from, window, groupBy, partitionBy, having } = query;
  if (booleanSetting(config, PUSH_V2_ENABLED) !== true || config[OFFSET_RESET] !== 'latest') return false;
  if (from.joins.length > 0 || [window, groupBy, partitionBy, having].some((clause) => clause !== null)) return false;
  const makers = [...catalog.queries.values()].filter(({ sink }) => sink === from.first.source);
  return makers.length === 1 && !namesPositions(query);
}

/** The steps over what comes from now on: a table's changes are its topic's records, and nothing is read up beforehand. */
export function asStream(step: Step): Step {
  switch (step.kind) {
    case 'table-source':
      return { ...step, kind: 'stream-source' };
    case 'table-filter':
      return { ...step, kind: 'stream-filter', input: asStream(step.input) };
    case 'table-select':
      return { ...step, kind: 'stream-select', input: asStream(step.input) };
    default:
      return step;
  }
}

function namesPositions({ select, where }: Query): boolean {
  const selected = select.flatMap((item) => (item.kind === 'select-expression' ? [item.expression] : []));
  const columns = [...selected, ...(where === null ? [] : [where])].flatMap(columnsIn);
  return columns.some(({ name }) => name === ROWPARTITION || name === ROWOFFSET);
}
