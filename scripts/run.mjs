// Runs a task of the repository on a Node that is new enough, after installing what is missing.
//
// This file must parse on old Nodes and may import nothing that needs an installation: it is what `npm start` and
// `npm test` run first on a fresh clone. It installs when the lock file differs from the one last installed (a stamp
// in node_modules), and hands the task to the machine's own Node if that is 22.19 or newer, else to the pinned Node 24
// that the installation brings along.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, 'node_modules', '.bin');
const NODE_LEAST = [22, 19];

const script = (path) => [{ node: [path] }];
const TASKS = {
  start: {
    about: 'the main job: flights joined and counted, as a Streams app and as SQL',
    run: script('examples/01-flights/main.ts'),
  },
  test: { about: 'all tests (arguments go to vitest)', run: [{ node: ['node_modules/vitest/vitest.mjs', 'run'] }] },
  check: { about: 'types, lint and format', run: [{ bin: ['tsc', '-p', '.'] }, { bin: ['biome', 'check', '.'] }] },
  format: { about: 'formats all files and mends what lint can', run: [{ bin: ['biome', 'check', '--write', '.'] }] },
  verify: { about: 'check, then test: what CI runs', run: [{ task: 'check' }, { task: 'test' }] },
  build: { about: 'compiles all packages to dist/', run: script('scripts/build.ts') },
  pack: { about: 'writes the packages that are published to dist/', run: script('scripts/pack.ts') },
  generate: { about: 'writes generated source anew', run: script('packages/protocol/scripts/generate.ts') },
  docs: { about: 'writes docs/reference from the definitions', run: script('scripts/docs.ts') },
  conformance: {
    about: 'runs an oracle: streams, ksql, ksql-rest, ksql-sql or ksql-runner',
    run: script('scripts/conformance.ts'),
  },
  fuzz: {
    about: 'broken statements through ksql, or broken frames through the broker (ksql|protocol --seed S)',
    run: script('scripts/fuzz.ts'),
  },
  torture: {
    about: 'simulated faults, kill −9, fuzzed frames (--minutes 10 --seed S --only simulation|kill|fuzz)',
    run: script('scripts/torture.ts'),
  },
  'kafka-tools': {
    about: "all of Kafka's own command line tools against the broker (needs a JDK and ../shared/kafka)",
    run: [
      {
        node: [
          'node_modules/vitest/vitest.mjs',
          'run',
          'tests/foreign-clients/kafka-tools',
          'tests/foreign-clients/security',
        ],
        env: { MILLRACE_ALL_KAFKA_TOOLS: '1' },
      },
    ],
  },
  bench: { about: 'benchmarks: broker, client, streams or ksql', run: script('scripts/bench.ts') },
};

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(process.platform + process.arch)
    .digest('hex');
}

function installIfMissing() {
  const stamp = join(root, 'node_modules', '.millrace-lock');
  const hash = lockHash();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  process.stderr.write('millrace: installing packages (once; about half a minute)\n');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const [command, commandArgs] = npm ? [process.execPath, [npm, ...args]] : ['npm', args];
  const result = spawnSync(command, commandArgs, { cwd: root, stdio: ['ignore', 2, 2] });
  if (result.status !== 0)
    fail('the installation failed (see above); it needs npm and the package registry', result.status || 1);
  writeFileSync(stamp, hash);
}

function nodeToUse() {
  const own = process.versions.node.split('.').map(Number);
  const isNew = own[0] > NODE_LEAST[0] || (own[0] === NODE_LEAST[0] && own[1] >= NODE_LEAST[1]);
  if (isNew) return process.execPath;
  const pinned = join(bin, 'node');
  if (existsSync(pinned)) return pinned;
  return fail(
    `Node ${NODE_LEAST.join('.')} or newer is needed: this is ${process.version}, and no pinned Node exists for ${process.platform}-${process.arch}`,
    1,
  );
}

function fail(message, status) {
  process.stderr.write(`millrace: ${message}\n`);
  process.exit(status);
}

function runStep(step, args, node) {
  if (step.task) return runTask(step.task, [], node);
  const env = { ...process.env, ...step.env, PATH: bin + delimiter + process.env.PATH };
  const [command, commandArgs] = step.node
    ? [node, ['--disable-warning=ExperimentalWarning', ...step.node, ...args]]
    : [join(bin, step.bin[0]), [...step.bin.slice(1), ...args]];
  const result = spawnSync(command, commandArgs, { cwd: root, stdio: 'inherit', env });
  if (result.error) fail(result.error.message, 1);
  // A task ended by a signal counts as the shell counts it.
  return result.status === null ? 130 : result.status;
}

function runTask(name, args, node) {
  for (const step of TASKS[name].run) {
    const status = runStep(step, args, node);
    if (status !== 0) return status;
  }
  return 0;
}

const [name, ...args] = process.argv.slice(2);
if (!Object.hasOwn(TASKS, name || '')) {
  const list = Object.entries(TASKS).map(([task, { about }]) => `  ${task.padEnd(12)} ${about}`);
  fail(`which task?\n${list.join('\n')}`, 2);
}
installIfMissing();
// Ctrl-C goes to the whole process group: the task ends by itself, and this process after it.
process.on('SIGINT', () => {});
process.exit(runTask(name, args, nodeToUse()));
