/**
 * A temporary copy of this repository's sources with files of the test's own in it, to prove that a check catches what
 * it is for. The real tree is never touched.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { copyTree } from '../../build/checks/copy-tree.mjs';
import { repositoryRoot } from '../../build/bundle/freshness.mjs';

export interface CommandOutcome {
  readonly exitCode: number;
  /** Standard output and standard error, one after the other. */
  readonly output: string;
}

export class PlantedTree {
  readonly root: string;

  /** Copies what `keep` accepts (default: all sources and configuration but no tests) and adds `files` by path. */
  constructor(files: Readonly<Record<string, string>>, keep: (path: string) => boolean = isSourceOrConfiguration) {
    this.root = copyTree(repositoryRoot, keep);
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.root, path)), { recursive: true });
      writeFileSync(join(this.root, path), text);
    }
  }

  /** Runs a script of the copy on this Node, in the copy. */
  run(...command: readonly string[]): CommandOutcome {
    const { status, stdout, stderr, error } = spawnSync(process.execPath, command, {
      cwd: this.root,
      encoding: 'utf8',
      maxBuffer: 1 << 26,
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
    });
    if (error) throw error;
    return { exitCode: status ?? 1, output: stdout + stderr };
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

function isSourceOrConfiguration(path: string): boolean {
  return /^(shared|renderer|electron|build)\/.*\.(ts|tsx|mjs|json)$/.test(path) && !path.startsWith('build/demo/')
    ? true
    : /^(test\/tsconfig\.json|[^/]+)$/.test(path);
}
