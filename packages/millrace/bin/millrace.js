#!/usr/bin/env node
// The installed command: plain JavaScript, so that it starts at once and can say what is wrong on an old Node.
import * as nodeModule from 'node:module';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(`millrace: Node 22.19 or newer is needed, this is ${process.version}\n`);
  process.exit(1);
}
nodeModule.enableCompileCache();
const { main } = await import('#main');
process.exitCode = await main(process.argv.slice(2));
