// Who may import whom. Each layer names what it may reach inside src; everything else is an error.
// `contract` holds what several layers speak of, types and their guards; at run time it depends on nothing but errors.

/** The layers of the core, lowest first, with the ones that each may import at run time. */
const core = {
  errors: [],
  internal: ['errors'],
  actor: ['errors', 'internal'],
  exchange: ['errors', 'internal'],
  operators: ['errors', 'internal', 'actor', 'exchange'],
  system: ['errors', 'internal', 'actor', 'exchange', 'operators'],
};
const coreFolders = Object.keys(core).join('|');

/** Entry points of their own that build on the core: none may import another but the ones named here. */
const doors = {
  remote: ['protocol'],
  worker: ['remote', 'protocol'],
  node: ['remote', 'protocol'],
  nats: ['remote', 'protocol'],
  devtools: ['remote', 'protocol'],
  testing: ['remote', 'protocol', 'worker', 'node', 'nats', 'devtools'],
};

const inFolders = (...folders) => `^src/(${folders.join('|')})/`;

module.exports = {
  forbidden: [
    ...Object.entries(core).map(([layer, below]) => ({
      name: `${layer}-imports`,
      comment: `src/${layer} may import ${['itself', ...below, 'contract'].join(', ')}`,
      severity: 'error',
      from: { path: inFolders(layer) },
      to: {
        path: '^src/',
        // The one exception: an actor or exchange knows the type of the system it belongs to; system/ creates them.
        pathNot: inFolders(
          layer,
          ...below,
          'contract',
          ...(layer === 'actor' || layer === 'exchange' ? ['system'] : []),
        ),
      },
    })),
    {
      name: 'system-is-only-a-type-below',
      comment: 'actor and exchange may only `import type` from system',
      severity: 'error',
      from: { path: inFolders('actor', 'exchange') },
      to: { path: inFolders('system'), dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'contract-is-only-types-to-internal',
      comment: 'internal may only `import type` from contract',
      severity: 'error',
      from: { path: inFolders('internal') },
      to: { path: inFolders('contract'), dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'contract-imports',
      comment: 'contract describes what others make: it knows them as types only, and at run time nothing but errors',
      severity: 'error',
      from: { path: inFolders('contract') },
      to: { pathNot: inFolders('contract', 'errors'), dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'errors-import-nothing',
      comment: 'src/errors also imports no package',
      severity: 'error',
      from: { path: inFolders('errors') },
      to: { pathNot: inFolders('errors') },
    },
    {
      name: 'protocol-imports',
      comment: 'src/protocol imports errors only: no rxjs, no I/O',
      severity: 'error',
      from: { path: inFolders('protocol') },
      to: { pathNot: inFolders('protocol', 'errors') },
    },
    {
      name: 'core-knows-no-door',
      comment: 'the core imports no other entry point, and nobody inside the core imports its own door, src/index.ts',
      severity: 'error',
      from: { path: `^src/(index\\.ts$|(${coreFolders}|contract)/)` },
      to: { path: '^src/', pathNot: `^src/(${coreFolders}|contract)/` },
    },
    ...Object.entries(doors).map(([door, others]) => ({
      name: `${door}-imports`,
      comment: `src/${door} may import the core, ${['itself', ...others].join(', ')}`,
      severity: 'error',
      from: { path: inFolders(door) },
      to: { path: '^src/[^/]+/', pathNot: inFolders(door, ...others, ...Object.keys(core), 'contract') },
    })),
    {
      name: 'angular-uses-the-package',
      comment: 'src/angular reaches the rest through the package by its own name, as an application does',
      severity: 'error',
      from: { path: inFolders('angular') },
      to: { path: '^src/', pathNot: inFolders('angular'), dependencyTypesNot: ['aliased'] },
    },
    {
      name: 'core-packages',
      comment: 'the core, the protocol and testing need rxjs and tslib, nothing else, and run in browsers too',
      severity: 'error',
      from: { path: `^src/(index\\.ts$|(${coreFolders}|contract|protocol|remote|testing)/)` },
      to: { pathNot: '^(src|node_modules/(rxjs|tslib))/' },
    },
    {
      name: 'internal-is-never-exported',
      comment: 'what the door of an entry point names is public: it does not come out of internal',
      severity: 'error',
      from: { path: ['^src/index\\.ts$', '^src/[^/]+/index\\.ts$'] },
      to: { path: inFolders('internal') },
    },
    {
      name: 'no-cycles',
      comment: 'no cycle of imports at run time; type-only imports do not count',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      comment: 'a file that nobody imports and that imports nothing is left over',
      severity: 'error',
      from: { orphan: true, path: '^src/' },
      to: {},
    },
    {
      name: 'no-unresolvable',
      comment: 'every import leads somewhere',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // 'specify' sees type-only imports and marks them as such.
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['types', 'import', 'default'] },
  },
};
