import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from './build.ts';
import { scriptOptions } from './script-options.ts';

/** Writes `dist/tarballs/*.tgz`: exactly what would be published, to be installed anywhere. */
const tarballs: string = join(import.meta.dirname, '..', 'dist', 'tarballs');

scriptOptions('usage: npm run pack\n', {});
const packages = build();
execFileSync('mkdir', ['-p', tarballs]);
for (const folder of packages) {
  const name = execFileSync('npm', ['pack', '--silent', '--pack-destination', tarballs], {
    cwd: folder,
    encoding: 'utf8',
  });
  process.stdout.write(`${join('dist', 'tarballs', name.trim())}\n`);
}
