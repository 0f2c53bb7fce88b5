import { expect, test } from 'vitest';
import { TOOLS } from '../commands/catalogue.ts';
import { toolReference } from './reference.ts';

test('the reference has a heading for every command and action, and its options', async () => {
  const tools = await Promise.all(
    Object.entries(TOOLS).map(async ([name, { about, load }]) => ({ name, about, command: await load() })),
  );
  const page = toolReference(tools);
  for (const { name, command } of tools) {
    expect(page).toContain(`\n## millrace ${name}\n`);
    if (command.kind === 'group') {
      for (const action of Object.keys(command.actions)) expect(page).toContain(`\n### millrace ${name} ${action}\n`);
    }
  }
  expect(page).toContain('`--max-messages COUNT`');
});
