// Preloaded with --import: prints the address of every module that the process loaded, when it ends.
import { registerHooks } from 'node:module';

const loaded = [];
registerHooks({
  load(url, context, next) {
    loaded.push(url);
    return next(url, context);
  },
});
process.on('exit', () => process.stdout.write(`\n${JSON.stringify(loaded)}\n`));
