import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allCodecs, versionsOf } from './testing/all-codecs.ts';
import { arbitraryMessage } from './testing/arbitrary-message.ts';
import { kafkaJarFolder } from './testing/kafka-definitions.ts';
import { Writer } from './writer.ts';

const MESSAGES_PER_VERSION = 10;
const OUTPUT_BYTES_MAX = 256 * 1024 * 1024;

const folder = kafkaJarFolder();
const hasJava = spawnSync('java', ['-version']).status === 0;

describe.skipIf(folder === null || !hasJava)("Kafka's own classes (needs Java and ../shared/kafka)", () => {
  test('they read every message that the codecs write, in every version, and write the same bytes', () => {
    const lines = allCodecs.flatMap(({ declaration, codec }) =>
      versionsOf(declaration).flatMap((version) => {
        const messages = fc.sample(arbitraryMessage(declaration.fields, version), MESSAGES_PER_VERSION);
        return messages.map((message) => {
          const writer = new Writer();
          codec.encode(writer, version, message);
          return `${declaration.name} ${version} ${Buffer.from(writer.toBytes()).toString('hex')}`;
        });
      }),
    );
    const answers = rewriteByKafka(lines);
    expect(answers.length).toBe(lines.length);
    const wrong = lines.flatMap((line, index) => {
      const [name, version, written] = line.split(' ');
      return answers[index] === written ? [] : [`${name} v${version}: ${written} became ${answers[index]}`];
    });
    expect(wrong).toEqual([]);
  });
});

function rewriteByKafka(lines: readonly string[]): string[] {
  const source = join(import.meta.dirname, 'testing/Rewrite.java');
  const run = spawnSync('java', ['-cp', `${folder}/*`, source], {
    input: `${lines.join('\n')}\n`,
    encoding: 'utf8',
    maxBuffer: OUTPUT_BYTES_MAX,
  });
  expect(run.status, run.stderr).toBe(0);
  return run.stdout.trimEnd().split('\n');
}
