import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { functionsOfCases } from '../query-cases/test-functions.ts';
import { caseFiles, type Judged, type SuiteOptions } from '../suites.ts';
import { judgeRestCase } from './judge-rest-case.ts';
import { type RestCase, readRestCases } from './rest-case.ts';
import type { RestEnvironment } from './rest-session.ts';

/** How many servers run at a time: most of a case is waiting. */
const SERVERS = 4;

export type RestSuiteOptions = SuiteOptions &
  Pick<RestEnvironment, 'startBroker'> & {
    /** Only the cases that are wanted. */
    readonly isWanted?: (each: RestCase) => boolean;
  };

/** ksqlDB's REST cases: each has a broker and a server of its own, a few of them at a time. */
export async function runRestSuite(options: RestSuiteOptions): Promise<readonly Judged[]> {
  const { cases, file: only, startBroker, isWanted = () => true } = options;
  const wanted = caseFiles(join(cases, 'rest-validation'), only).flatMap((file) => {
    const text = readFileSync(join(cases, 'rest-validation', file), 'utf8');
    return readRestCases(file, text)
      .filter(isWanted)
      .map((each) => ({ file, each }));
  });
  const judged: Judged[] = [];
  const waiting = wanted.entries();
  const work = async (): Promise<void> => {
    for (const [position, { file, each }] of waiting) {
      const verdict = await judgeRestCase(each, { functions: functionsOfCases, startBroker });
      judged[position] = { file, name: each.run.name, verdict };
    }
  };
  await Promise.all(Array.from({ length: SERVERS }, work));
  return judged;
}
