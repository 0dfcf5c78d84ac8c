import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { PlantedTree } from '../../support/planted-tree.ts';

/** A page of its own that uses what the real one does: React, a style sheet, a lazy view, a worker. */
const page = {
  'renderer/app/index.html':
    '<!doctype html><html><head><title>planted</title></head><body><div id="root"></div><script type="module" src="./main.tsx"></script></body></html>',
  'renderer/app/main.tsx': [
    "import { createRoot } from 'react-dom/client';",
    "import './planted.css';",
    "const worker = new Worker(new URL('../graph/planted-worker.ts', import.meta.url), { type: 'module' });",
    "worker.onmessage = ({ data }) => void import('./planted-view.tsx').then(({ View }) =>",
    "  createRoot(document.getElementById('root')!).render(<View text={String(data)} />));",
  ].join('\n'),
  'renderer/app/planted.css': '.planted { color: canvastext; background: url(./planted.svg); }\n',
  'renderer/app/planted.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>\n',
  'renderer/app/planted-view.tsx': 'export const View = ({ text }: { readonly text: string }) => <p>{text}</p>;\n',
  'renderer/graph/planted-worker.ts': "self.postMessage('laid out');\n",
};

describe('the page bundle', () => {
  let tree: PlantedTree | undefined;

  afterEach(() => tree?.remove());

  function plant(files: Readonly<Record<string, string>>): PlantedTree {
    tree = new PlantedTree(
      { ...page, ...files },
      (path) => path.startsWith('build/bundle/') || /^package(-lock)?\.json$/.test(path),
    );
    return tree;
  }

  it('needs no inline script, style or data address, and hashes every asset', () => {
    const { root } = plant({});
    const { exitCode, output } = tree!.run('build/bundle/build.mjs', 'page');
    expect(output).toMatch(/^dist\/page: /m);
    expect(exitCode).toBe(0);
    const html = readFileSync(join(root, 'dist/page/index.html'), 'utf8');
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/);
    expect(html).not.toMatch(/<style|\bstyle=|\bon[a-z]+=|data:/);
    const assets = readdirSync(join(root, 'dist/page/assets')).filter((name) => !name.endsWith('.map'));
    expect(assets.filter((name) => !/-[\w-]{8}\.(js|css|svg)$/.test(name))).toEqual([]);
    // The lazy view and the worker are files of their own; the small picture did not become a data address.
    expect(assets.some((name) => name.startsWith('planted-view-'))).toBe(true);
    expect(assets.some((name) => name.startsWith('planted-worker-'))).toBe(true);
    expect(assets.some((name) => name.startsWith('planted-') && name.endsWith('.svg'))).toBe(true);
  });

  it('carries the production half of React, whatever NODE_ENV says', () => {
    const { root } = plant({});
    // This very process runs with NODE_ENV=test, and hands it down.
    expect(process.env['NODE_ENV']).toBe('test');
    tree!.run('build/bundle/build.mjs', 'page');
    const folder = join(root, 'dist/page/assets');
    const code = readdirSync(folder)
      .filter((name) => name.endsWith('.js'))
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('\n');
    expect(code).toContain('laid out');
    expect(code).not.toMatch(/jsxDEV|Download the React DevTools/);
  });

  it.each([
    [
      'itself',
      {
        'renderer/app/planted-view.tsx':
          "import { readFile } from 'node:fs/promises';\nexport const View = readFile;\n",
      },
    ],
    ['in a lazy view', { 'renderer/app/planted-view.tsx': "export { join as View } from 'path';\n" }],
    [
      'in a worker',
      { 'renderer/graph/planted-worker.ts': "import { cpus } from 'os';\nself.postMessage(cpus().length);\n" },
    ],
    [
      'through a file of shared',
      {
        'renderer/app/planted-view.tsx': "export { View } from '../../shared/engine/planted.ts';\n",
        'shared/engine/planted.ts': "import { Worker } from 'node:worker_threads';\nexport const View = Worker;\n",
      },
    ],
  ])('fails when the page reaches for Node %s, and leaves nothing behind', (_, files) => {
    const { root } = plant(files);
    const { exitCode, output } = tree!.run('build/bundle/build.mjs', 'page');
    expect(exitCode).not.toBe(0);
    expect(output).toMatch(
      /(planted[\w-]*\.tsx?) pulls Node's module "(node:fs\/promises|path|os|node:worker_threads)" into the page/,
    );
    expect(readdirSync(join(root, 'dist'))).toEqual([]);
  });
});
