import { MillraceError } from '@millrace/base';
import { runTestFiles, type TestReport } from '@millrace/ksql/testing';
import { action, type Command, many, single } from '../command-line/command.ts';
import { text } from '../command-line/option.ts';

export const command: Command = single(
  action({
    about: 'run tests of SQL: what goes in, what has to come out',
    details:
      'A test is a part of a .sql file behind a line --@test: NAME, with INSERT VALUES for what goes in and ASSERT VALUES, ' +
      'ASSERT NULL VALUES, ASSERT STREAM or ASSERT TABLE for what must come out; or a folder with statements.sql, ' +
      'output.json and perhaps input.json. No broker is needed.',
    args: { paths: many('PATH', 'files, or folders with tests somewhere in them') },
    options: {
      filter: text('TEXT', 'only tests whose names hold this'),
      functions: text('MODULE', "a module whose export 'register' is given the functions, to add its own"),
    },
    examples: [
      { about: 'all tests of a folder', line: 'millrace ksql-test sql/tests' },
      { about: 'one test', line: "millrace ksql-test orders.sql --filter 'late orders'" },
    ],
    json: '{ passed: number, failed: number, tests: [{ file: string, name: string, passed: boolean, reason?: string }] }',
    async run({ args, options, isJson, terminal }) {
      const report = await runTestFiles(args.paths, options);
      await terminal.stdout.write(isJson ? `${JSON.stringify(report, null, 2)}\n` : printed(report));
      if (report.failed > 0)
        throw new MillraceError('TESTS_FAILED', `${report.failed} of ${report.tests.length} failed`);
      return undefined;
    },
  }),
);

function printed({ tests, passed, failed }: TestReport): string {
  const lines = tests.map(({ file, name, passed: isPassed, reason = '' }) => {
    if (isPassed) return `ok      ${file} – ${name}\n`;
    return `FAILED  ${file} – ${name}\n        ${reason.replaceAll('\n', '\n        ')}\n`;
  });
  return `${lines.join('')}\n${passed} passed, ${failed} failed\n`;
}
