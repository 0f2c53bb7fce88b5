import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { HOUSE } from './house.ts';
import { scriptOptions } from './script-options.ts';

/**
 * Compiles every package into `dist/packages/<name>`, each with the manifest that is published: the workspace's points
 * at `src`, the published one at `dist`. One compiler run for all, since they are one program.
 */
const root: string = join(import.meta.dirname, '..');
const out: string = join(root, 'dist');

type Manifest = Record<string, unknown> & {
  name: string;
  version: string;
  exports: Record<string, string>;
  imports?: Record<string, string>;
  bin?: Record<string, string>;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
};

/** Where the command lies as one file for each sub-command, beside the package's modules. */
const COMMAND_FOLDER = 'command';

/** The command, and what it starts in threads: those are found beside the file that starts them. */
const COMMAND_ENTRIES = [
  'packages/millrace/src/main.ts',
  'packages/broker/src/broker-thread.ts',
  'packages/ksql/src/registry/registry-worker.ts',
];

/**
 * What applications load when they start. The others find files beside their own modules. What a library starts in threads
 * becomes a file of its own, by its name beside the others.
 */
const BUNDLED_LIBRARIES: Readonly<Record<string, readonly string[]>> = {
  base: [],
  protocol: [],
  client: [],
  streams: ['runtime/threads/worker/stream-worker'],
};

export function build(): string[] {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  const folders = Object.keys(HOUSE).map(assemble);
  for (const [name, threads] of Object.entries(BUNDLED_LIBRARIES)) bundleLibrary(name, threads);
  bundleCommand();
  return folders;
}

/**
 * Puts the modules of a library into one file for each of its entries, and one for what these share: looking up and reading
 * two hundred modules was most of what a streams application did before its first record. Other packages stay outside, so
 * that all who use them mean the same classes.
 */
function bundleLibrary(name: string, threads: readonly string[]): void {
  const manifest = manifestOf(name);
  const dist = join(out, 'packages', name, 'dist');
  const exported = Object.values(manifest.exports).map((path) => path.replace('./src/', '').replace(/\.ts$/, ''));
  const inputs = [...exported.map((entry) => [entry, entry]), ...threads.map((entry) => [basename(entry), entry])];
  const bundles = join(out, 'bundles', name);
  const options = join(bundles, 'rolldown.config.mjs');
  mkdirSync(bundles, { recursive: true });
  writeFileSync(
    options,
    `export default ${JSON.stringify({
      input: Object.fromEntries(inputs.map(([as, entry]) => [as, join(dist, `${entry}.js`)])),
      external: externalOf(manifest),
      platform: 'node',
      output: { dir: join(bundles, 'dist'), format: 'esm', chunkFileNames: 'shared.js' },
    })};\n`,
  );
  execFileSync(join(root, 'node_modules/.bin/rolldown'), ['-c', options], {
    cwd: root,
    stdio: ['ignore', 'ignore', 2],
  });
  for (const file of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
    if (file.endsWith('.js')) rmSync(join(dist, file));
  }
  cpSync(join(bundles, 'dist'), dist, { recursive: true });
}

/** All that a package imports under another's name: its subpaths, too. */
function externalOf(manifest: Manifest): string[] {
  const names = [
    ...Object.keys(manifest.dependencies ?? {}),
    ...Object.keys(manifest.optionalDependencies ?? {}),
    ...Object.keys(manifest.peerDependencies ?? {}),
  ];
  return names.flatMap((name) => [name, `${name}/testing`]);
}

/**
 * Puts the command together from all packages, in few files: the broker's hundreds of modules, each looked up and read by
 * itself, cost it 120 ms and 17 MB at its start. Whoever imports the packages gets their modules as they are.
 */
function bundleCommand(): void {
  const to = join(out, 'packages/millrace');
  const manifests = Object.keys(HOUSE).map(manifestOf);
  const isOurs = (name: string): boolean => manifests.some((manifest) => manifest.name === name);
  const outside = (kind: 'dependencies' | 'optionalDependencies'): Record<string, string> =>
    Object.fromEntries(
      manifests.flatMap((manifest) => Object.entries(manifest[kind] ?? {})).filter(([name]) => !isOurs(name)),
    );
  const [dependencies, optionalDependencies] = [outside('dependencies'), outside('optionalDependencies')];
  const external = Object.keys({ ...dependencies, ...optionalDependencies }).flatMap((name) => ['--external', name]);
  execFileSync(
    join(root, 'node_modules/.bin/rolldown'),
    [...COMMAND_ENTRIES, '--format', 'esm', '--platform', 'node', '--dir', join(to, COMMAND_FOLDER), ...external],
    { cwd: root, stdio: ['ignore', 'ignore', 2] },
  );
  const manifest = JSON.parse(readFileSync(join(to, 'package.json'), 'utf8')) as Manifest;
  const published: Manifest = {
    ...manifest,
    imports: { '#main': `./${COMMAND_FOLDER}/main.js` },
    dependencies: { ...manifest.dependencies, ...dependencies },
    optionalDependencies,
  };
  writeFileSync(join(to, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
}

function manifestOf(name: string): Manifest {
  return JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8')) as Manifest;
}

function assemble(name: string): string {
  const from = join(root, 'packages', name);
  const to = join(out, 'packages', name);
  mkdirSync(to, { recursive: true });
  cpSync(join(out, 'js', name, 'src'), join(to, 'dist'), { recursive: true });
  // What a package reads at run time beside its modules keeps its place relative to them.
  for (const extra of ['bin'])
    if (readdirSync(from).includes(extra)) cpSync(join(from, extra), join(to, extra), { recursive: true });
  cpSync(join(root, 'LICENSE'), join(to, 'LICENSE'));
  const readme = readdirSync(from).includes('README.md') ? join(from, 'README.md') : join(root, 'README.md');
  cpSync(readme, join(to, 'README.md'));
  const manifest = manifestOf(name);
  writeFileSync(join(to, 'package.json'), `${JSON.stringify(published(manifest), null, 2)}\n`);
  return to;
}

function published(manifest: Manifest): Manifest {
  const compiled = (path: string) => path.replace('./src/', './dist/').replace(/\.ts$/, '.js');
  const exports = Object.fromEntries(
    Object.entries(manifest.exports).map(([subpath, path]) => [
      subpath,
      { types: compiled(path).replace(/\.js$/, '.d.ts'), default: compiled(path) },
    ]),
  );
  const imports =
    manifest.imports === undefined
      ? {}
      : { imports: Object.fromEntries(Object.entries(manifest.imports).map(([key, path]) => [key, compiled(path)])) };
  const { scripts: _scripts, devDependencies: _dev, ...kept } = manifest;
  return {
    ...kept,
    ...imports,
    exports: exports as unknown as Record<string, string>,
    files: ['dist', 'bin', COMMAND_FOLDER],
  };
}

if (import.meta.main) {
  scriptOptions('usage: npm run build\n', {});
  build();
}
