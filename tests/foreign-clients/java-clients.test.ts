import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compileJava, hasJava, kafkaJars, runJava } from '../support/java.ts';
import { type BrokerProcess, ROOT, startBrokerProcess, titled } from '../support/millrace-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const jars = kafkaJars();
const canRun = jars !== null && hasJava();
const RECORDS = 300;

describe.skipIf(!canRun)(
  titled("Java's clients against `millrace broker`", canRun, 'a JDK and the jars of ../shared/kafka'),
  () => {
    let broker: BrokerProcess;
    const folder = temporaryFolder();

    beforeAll(async () => {
      broker = await startBrokerProcess('--memory');
      await compileJava([join(ROOT, 'tests/java/Clients.java')], jars!, folder.path);
    }, 120_000);

    afterAll(async () => {
      await broker?.stop();
      folder[Symbol.dispose]();
    });

    test('groups of all types read each record, and aborted transactions are seen by nobody who asks for committed ones', async () => {
      const printed = await runJava([folder.path, jars!].join(delimiter), 'Clients', [broker.bootstrap]);
      const lines = new Map(
        printed
          .trim()
          .split('\n')
          .map((line) => line.split('=') as [string, string]),
      );
      const number = (name: string): number => Number(lines.get(name));
      expect(number('classic')).toBe(RECORDS);
      expect(number('consumer')).toBe(RECORDS);
      expect(number('shared')).toBe(RECORDS);
      expect(number('sharedAgain')).toBeGreaterThanOrEqual(Math.ceil(RECORDS / 7));
      expect(number('sharedLag')).toBe(0);
      expect(number('committed')).toBe(RECORDS);
      expect(number('aborted')).toBeGreaterThan(0);
      expect(number('all')).toBeGreaterThan(RECORDS);
    }, 180_000);
  },
);
