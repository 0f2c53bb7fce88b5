import type { Topology } from '@millrace/streams';
import type { WindowInfo } from '../../catalog/data-source.ts';
import { type Step, type StepFormats, stepInputs } from '../../steps/steps.ts';
import type { CaseTopics } from './topics.ts';

/** Notes the topics that a query makes for itself, and what they are written in, for the checks after a run. */
export function noteInternalTopics(
  step: Step,
  topology: Topology,
  { applicationId, topics }: { readonly applicationId: string; readonly topics: CaseTopics },
): void {
  const stores = [...topology.stores].filter(([, { spec }]) => spec.logging !== false).map(([name]) => name);
  const names = [...topology.internalTopics.keys(), ...stores.map((store) => `${store}-changelog`)];
  const patterns = patternsOf(step);
  for (const name of names) {
    const formats = patterns.find(({ pattern }) => pattern.test(name))?.formats;
    if (formats !== undefined) topics.setFormats(`${applicationId}-${name}`, { ...formats, window: windowOf(step) });
  }
}

/** All keys of a query have the window of its left-most source. */
function windowOf(step: Step): WindowInfo | null {
  const [first] = stepInputs(step);
  if (first !== undefined) return windowOf(first);
  return 'sourceSchema' in step ? step.window : null;
}

type Pattern = { readonly pattern: RegExp; readonly formats: StepFormats };

function patternsOf(step: Step): readonly Pattern[] {
  return [...ownPatterns(step), ...stepInputs(step).flatMap(patternsOf)];
}

function ownPatterns(step: Step): readonly Pattern[] {
  switch (step.kind) {
    case 'stream-stream-join':
      return [
        { pattern: new RegExp(`^${step.context}-left-repartition$`), formats: step.leftFormats },
        { pattern: new RegExp(`^${step.context}-right-repartition$`), formats: step.rightFormats },
        { pattern: /^KSTREAM-(JOINTHIS|OUTERTHIS)-.*-changelog$/, formats: step.leftFormats },
        { pattern: /^KSTREAM-(JOINOTHER|OUTEROTHER)-.*-changelog$/, formats: step.rightFormats },
      ];
    case 'stream-table-join':
      return [{ pattern: new RegExp(`^${step.context}-repartition$`), formats: step.formats }];
    case 'table-select-key': {
      const base = step.context.replace(/-SelectKey$/, '');
      const pattern = new RegExp(`^${base}-(SelectKey-repartition|Materialize-changelog)$`);
      return step.formats === null ? [] : [{ pattern, formats: step.formats }];
    }
    case 'stream-group-by':
    case 'table-group-by':
      return [{ pattern: new RegExp(`^${step.context}-repartition$`), formats: step.formats }];
    default:
      return [];
  }
}
