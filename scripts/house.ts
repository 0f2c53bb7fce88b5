/**
 * The house as data: which package may import which, and the folders of each package from the door down to the
 * foundation. A file may import from its own folder and from folders further down. `tests/structure` holds the source
 * against it; ARCHITECTURE.md says why.
 */
export type PackageRules = {
  /** Packages of ours that its source may import. */
  readonly uses: readonly string[];
  /** Folders of `src`, door first. Files directly in `src` stand where they are named (`main.ts`); others are doors. */
  readonly order: readonly string[];
  /** Folders that must run outside Node: no `node:` module. */
  readonly portable: readonly string[];
};

export const HOUSE: Readonly<Record<string, PackageRules>> = {
  base: { uses: [], order: [], portable: [] },
  protocol: {
    uses: ['base'],
    order: [
      'testing',
      'messages',
      'generated',
      'records',
      'compression',
      'checksum',
      'api.ts',
      'lists.ts',
      'reader.ts',
      'writer.ts',
      'schema.ts',
      'lib',
    ],
    portable: [],
  },
  broker: {
    uses: ['base', 'protocol'],
    order: [
      'main.ts',
      'process',
      'testing',
      'broker.ts',
      'metrics',
      'server',
      'apis',
      'fetching',
      'sharing',
      'coordinators',
      'security',
      'cluster',
      'log',
      'storage',
      'counters',
      'lib',
    ],
    portable: [],
  },
  client: {
    uses: ['base', 'protocol'],
    order: ['consumer', 'transactions', 'admin', 'group', 'fetcher', 'producer', 'cluster', 'connection', 'lib'],
    portable: [],
  },
  streams: {
    uses: ['base', 'protocol', 'client'],
    order: [
      'testing',
      'dsl',
      'graph',
      'operators',
      'runtime/kafka-streams.ts',
      'runtime/store-queries.ts',
      'runtime/client-state.ts',
      'runtime/places.ts',
      'runtime/threads',
      'runtime/loop',
      'runtime/tasks',
      'runtime/output',
      'runtime/assignment',
      'runtime/layout',
      'runtime/config',
      'query',
      'task',
      'topology',
      'state',
      'windows',
      'serdes',
      'config.ts',
      'errors.ts',
      'lib',
    ],
    portable: ['dsl', 'graph', 'operators', 'task', 'topology', 'windows', 'serdes', 'state/engines/memory.ts'],
  },
  ksql: {
    uses: ['base', 'protocol', 'client', 'streams'],
    order: [
      'testing',
      'cli',
      'migrations',
      'datagen',
      'server',
      'engine',
      'registry',
      'rest-client',
      'compile',
      'steps',
      'plan',
      'analysis',
      'catalog',
      'functions',
      'formats',
      'syntax',
      'types',
      'processing-log',
      'lib',
    ],
    portable: ['compile', 'steps', 'plan', 'analysis', 'catalog', 'functions', 'formats', 'syntax', 'types'],
  },
  millrace: {
    uses: ['base', 'protocol', 'broker', 'client', 'streams', 'ksql'],
    order: ['main.ts', 'ksql-server.ts', 'commands', 'command-line'],
    portable: [],
  },
};
