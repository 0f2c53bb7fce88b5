import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Command, decodeCommand, encodeCommand, withoutSecrets } from './command.ts';

const CONFIG = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean()), { maxKeys: 5 });

const ACTION: fc.Arbitrary<Command['action']> = fc.oneof(
  fc.record({
    kind: fc.constant('control' as const),
    control: fc.constantFrom('TERMINATE' as const, 'PAUSE' as const, 'RESUME' as const),
    queryId: fc.option(fc.string()),
  }),
  fc.string().map((statementText) => ({
    kind: 'plan' as const,
    plan: { version: 1 as const, statementText, ddl: null, query: null, topic: null },
  })),
);

test('a command that is read back is the command that was written', () => {
  const commands = fc.record({
    id: fc.string(),
    position: fc.nat(),
    statement: fc.string(),
    overrides: CONFIG,
    config: CONFIG,
    action: ACTION,
  });
  fc.assert(
    fc.property(commands, (command) => {
      expect(decodeCommand(encodeCommand(command))).toEqual(command);
    }),
  );
});

test('what is no command, or of a later version, is refused and not guessed at', () => {
  const written = encodeCommand({
    ...{ id: 'x', position: 0, statement: 's', overrides: {}, config: {} },
    action: { kind: 'control', control: 'PAUSE', queryId: null },
  });
  const later = { ...written, value: written.value.replace('"version":1', '"version":2') };
  const records = [
    { key: 'no JSON', value: written.value },
    { ...written, value: '' },
    { ...written, value: '{}' },
  ];
  for (const record of records) {
    expect(() => decodeCommand(record)).toThrow(expect.objectContaining({ code: 'COMMAND_UNREADABLE' }));
  }
  expect(() => decodeCommand(later)).toThrow(expect.objectContaining({ code: 'COMMAND_INCOMPATIBLE' }));
});

test('secrets never reach the command topic', () => {
  const config = {
    'auto.offset.reset': 'latest',
    'sasl.jaas.config': 'x',
    'ssl.keystore.password': 'x',
    'ksql.schema.registry.basic.auth.user.info': 'x',
  };
  expect(withoutSecrets(config)).toEqual({ 'auto.offset.reset': 'latest' });
});
