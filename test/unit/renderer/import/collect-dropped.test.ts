import { describe, expect, it } from 'vitest';
import { collectDropped } from '../../../../renderer/features/import/collect-dropped.ts';

type Tree = { readonly [name: string]: Tree | 'file' | 'refused' };

/** Entries as browsers give them: a reader answers some at a time and nothing at the end. */
function entryOf(name: string, content: Tree | 'file' | 'refused', folder = ''): FileSystemEntry {
  const fullPath = `${folder}/${name}`;
  const refuse = (_: unknown, reject: (error: Error) => void): void => reject(new Error('NotReadableError'));
  if (content === 'refused') return { isFile: true, isDirectory: false, name, fullPath, file: refuse } as never;
  if (content === 'file') {
    const file = (resolve: (file: File) => void): void => resolve(new File(['x'], name));
    return { isFile: true, isDirectory: false, name, fullPath, file } as never;
  }
  const children = Object.entries(content).map(([child, inside]) => entryOf(child, inside, fullPath));
  const createReader = () => {
    let at = 0;
    return {
      readEntries: (resolve: (entries: FileSystemEntry[]) => void, reject: (error: Error) => void) => {
        if (name === 'locked') reject(new Error('NotReadableError'));
        else resolve(children.slice(at, (at += 2)));
      },
    };
  };
  return { isFile: false, isDirectory: true, name, fullPath, createReader } as never;
}

function drop(tree: Tree): Pick<DataTransfer, 'items'> {
  const items = Object.entries(tree).map(([name, content]) => ({
    kind: 'file',
    webkitGetAsEntry: () => entryOf(name, content),
    getAsFile: () => (content === 'file' ? new File(['x'], name) : null),
  }));
  return { items } as never;
}

describe('what is dropped', () => {
  it('is walked to its leaves, each with its place', async () => {
    const tree = { 'a.log': 'file', logs: { 'b.log': 'file', 'c.log': 'file', deep: { 'd.log': 'file' } } } as const;
    const { files, missing } = await collectDropped(drop(tree), false);
    expect(files.map(({ relativePath }) => relativePath)).toEqual([
      'a.log',
      'logs/b.log',
      'logs/c.log',
      'logs/deep/d.log',
    ]);
    expect(missing).toBe('');
  });

  it('is cut where it is too many files, and says so and what to do', async () => {
    const logs = Object.fromEntries(Array.from({ length: 7 }, (_, index) => [`${index}.log`, 'file' as const]));
    const { files, missing } = await collectDropped(drop({ logs }), false, 5);
    expect(files).toHaveLength(5);
    expect(missing).toMatch(/more than 5 files; the first 5 are read.*faultline import PATH/);
    expect((await collectDropped(drop({ logs }), false, 7)).missing).toBe('');
  });

  it('is read as far as it can be; what cannot is named', async () => {
    const refused = { 'a.log': 'refused', 'b.log': 'refused', 'c.log': 'refused' } as const;
    const { files, missing } = await collectDropped(
      drop({ logs: { ...refused, 'ok.log': 'file', locked: { 'x.log': 'file' } } }),
      false,
    );
    expect(files.map(({ relativePath }) => relativePath)).toEqual(['logs/ok.log']);
    expect(missing).toMatch(/could not read logs\/a\.log, logs\/b\.log, logs\/c\.log and 1 more;/);
  });

  it('says when there is nothing in it', async () => {
    expect(await collectDropped(drop({ empty: {} }), false)).toEqual({ files: [], missing: 'There is no file in it.' });
  });
});
