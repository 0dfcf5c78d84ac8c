// Who may import whom (docs/architecture.md, "Layers"). Each rule's comment tells the reader what to do instead.
// build/checks/dependency-rules.mjs runs this and fails as well when a file was not read at all: with TypeScript 7 as
// `typescript`, dependency-cruiser sees no modules and reports success.

const PURE = '^shared/(base|semconv|model|contract|rpc|importers|analysis|layout|report|simulator)/';
/** Folders that any layer above may use; each may use those before it. */
const VOCABULARY = ['base', 'model', 'semconv'];

/** A folder of `shared` may import itself, the named folders and the named packages, nothing else. */
function layer(
  /** @type {string} */ folder,
  /** @type {string[]} */ allowed,
  /** @type {string[]} */ packages,
  /** @type {string} */ comment,
) {
  const folders = [folder, ...allowed].join('|');
  const allowedPackages = packages.length > 0 ? `|^node_modules/(${packages.join('|')})/` : '';
  return {
    name: `layer-${folder}`,
    comment: `shared/${folder} may import ${[folder, ...allowed].join(', ')}${packages.length > 0 ? ` and ${packages.join(', ')}` : ''}. ${comment}`,
    severity: 'error',
    from: { path: `^shared/${folder}/` },
    // What does not resolve has its own rule, Node's modules as well.
    to: { pathNot: `^shared/(${folders})/${allowedPackages}`, couldNotResolve: false, dependencyTypesNot: ['core'] },
  };
}

/**
 * Plug-ins of one kind do not know each other. `kind` is a folder of `shared`; `common` are folders in it that are no
 * plug-ins but code they share, too large for one file.
 */
function siblings(/** @type {string} */ name, /** @type {string} */ kind, /** @type {string[]} */ common = []) {
  return {
    name: `siblings-${name}`,
    comment: `A folder in shared/${kind} does not import its sibling: move what both need up into shared/${kind} itself, or into shared/base.`,
    severity: 'error',
    from: { path: `^shared/${kind}/([^/]+)/` },
    to: { path: `^shared/${kind}/[^/]+/`, pathNot: `^shared/${kind}/(${['$1', ...common].join('|')})/` },
  };
}

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    layer('base', [], [], 'It is the bottom: helpers without dependencies.'),
    layer(
      'semconv',
      ['base', 'model'],
      [],
      'It says what a key means; which entity a resource is about is part of that.',
    ),
    layer('model', ['base'], [], 'A record describes; what reads or computes it lives above.'),
    layer('contract', VOCABULARY, ['zod'], 'What crosses a process boundary is described here, not done.'),
    layer('rpc', [...VOCABULARY, 'contract'], ['zod'], 'It carries any contract over any port and knows no transport.'),
    layer(
      'importers',
      VOCABULARY,
      ['d3-dsv', '@types/d3-dsv', 'yaml'],
      'An importer gets bytes and gives batches: no storage, no analysis, no I/O.',
    ),
    layer('analysis', VOCABULARY, [], 'Analysis gets a Telemetry and gives results: no storage, no importer, no I/O.'),
    layer('layout', VOCABULARY, [], 'Layout turns a graph into positions; drawing is done by report and renderer.'),
    layer('report', [...VOCABULARY, 'layout'], [], 'A report is text made from a model that was handed in.'),
    layer(
      'simulator',
      VOCABULARY,
      [],
      'The simulator writes what real tools write; importers must be able to fail on it.',
    ),
    {
      name: 'simulator-stays-unknown',
      comment:
        'Only the `simulate` command, its tests and the demo builder may import shared/simulator: nothing that reads or judges telemetry may know it.',
      severity: 'error',
      from: { path: '^(shared|renderer|electron)/', pathNot: '^shared/(simulator/|cli/simulate)' },
      to: { path: '^shared/simulator/' },
    },
    {
      name: 'pure-without-node',
      comment:
        'The pure part of shared runs in a browser, a worker and Node alike. Take bytes, times and ports as arguments; do I/O in shared/engine.',
      severity: 'error',
      from: { path: PURE },
      to: { dependencyTypes: ['core'] },
    },
    siblings('importers', 'importers', ['json-stream']),
    siblings('detectors', 'analysis/detectors'),
    siblings('correlators', 'analysis/correlators'),
    siblings('rca', 'analysis/rca'),
    siblings('sources', 'engine/sources'),
    {
      name: 'siblings-features',
      comment:
        'renderer/features/<a> does not import features/<b>: move what both need to renderer/ui, charts or stores.',
      severity: 'error',
      from: { path: '^renderer/features/([^/]+)/' },
      to: { path: '^renderer/features/[^/]+/', pathNot: '^renderer/features/$1/' },
    },
    {
      name: 'engine-without-hosts',
      comment: 'The engine does not know who hosts it: take what you need from the host as an option of createEngine.',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: '^(electron|renderer|build)/' },
    },
    {
      name: 'engine-without-serve-or-cli',
      comment: 'serve and cli are clients and hosts of the engine. The engine imports neither.',
      severity: 'error',
      from: { path: '^shared/engine/' },
      to: { path: '^shared/(serve|cli)/' },
    },
    {
      name: 'page-is-a-client',
      comment:
        'The page talks to the engine through the contract only: base, semconv, model, contract, rpc, layout and report are open to it.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^(shared|electron|build)/', pathNot: '^shared/(base|semconv|model|contract|rpc|layout|report)/' },
    },
    {
      name: 'page-without-node',
      comment: 'The page runs in a sandboxed browser: ask the engine through the contract.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'desktop-is-thin',
      comment:
        'electron/ may import engine, serve, contract, rpc and base; it loads the page as a file and never imports it.',
      severity: 'error',
      from: { path: '^electron/' },
      to: { path: '^(shared|renderer|build)/', pathNot: '^shared/(engine|serve|contract|rpc|base)/' },
    },
    {
      name: 'electron-in-electron',
      comment: 'Only electron/ may import `electron` (the deletion test): pass what you need in through the host.',
      severity: 'error',
      from: { pathNot: '^electron/' },
      to: { path: '^(node_modules/)?electron(/|$)', pathNot: '^electron/' },
    },
    {
      name: 'sqlite-in-storage',
      comment: 'Only shared/engine/storage holds SQL and database handles: add a statement there and call it.',
      severity: 'error',
      from: { pathNot: '^shared/engine/storage/' },
      to: { path: '^node_modules/(@types/)?better-sqlite3/' },
    },
    {
      name: 'zustand-in-renderer',
      comment: 'Page state lives in renderer/stores. Outside the page, pass plain data.',
      severity: 'error',
      from: { pathNot: '^renderer/' },
      to: { path: '^node_modules/zustand/' },
    },
    {
      name: 'test-is-a-leaf',
      comment: 'Nothing imports from test/. What production code needs belongs into shared/.',
      severity: 'error',
      from: { pathNot: '^test/' },
      to: { path: '^test/' },
    },
    {
      name: 'shipped-without-dev-packages',
      comment:
        'What ships may import `dependencies` only: move the package there (with a reason, see CONTRIBUTING.md) or do without.',
      severity: 'error',
      from: { path: '^shared/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['type-only'],
        pathNot: '^node_modules/@types/',
      },
    },
    {
      name: 'resolves',
      comment: 'The import leads nowhere: wrong path, missing .ts extension or a package that is not in package.json.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-cycle',
      comment:
        'Modules that import each other cannot be read, tested or moved apart: move the shared part into a third one.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^dist/'] },
    exclude: { path: ['^test/golden/[^/]+/', '^test/fixtures/', '^build/demo/[^/]+/'] },
    preserveSymlinks: true,
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.d.ts'],
    },
    cache: false,
  },
};
