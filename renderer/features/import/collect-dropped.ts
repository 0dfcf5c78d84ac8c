/**
 * Files out of a drop or a paste, folders walked to their leaves. The browser empties a drop as soon as its event is
 * over, so entries are taken first and walked afterwards.
 */
import type { HandedFile } from '../../client/host-bridge.ts';

const MAX_FILES = 100_000;

/** `keepsFolders`: the host knows where a dropped folder is on the disk and wants it whole. */
export function collectDropped(transfer: DataTransfer, keepsFolders: boolean): Promise<readonly HandedFile[]> {
  const items = [...transfer.items].filter(({ kind }) => kind === 'file');
  const entries = items.map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  return walkAll(entries, keepsFolders);
}

async function walkAll(
  entries: readonly { readonly entry: FileSystemEntry | null; readonly file: File | null }[],
  keepsFolders: boolean,
): Promise<readonly HandedFile[]> {
  const files: HandedFile[] = [];
  for (const { entry, file } of entries) {
    if (file && (keepsFolders || entry === null || entry.isFile)) files.push({ file, relativePath: file.name });
    else if (entry) await walk(entry, files);
  }
  return files;
}

async function walk(entry: FileSystemEntry, files: HandedFile[]): Promise<void> {
  if (files.length >= MAX_FILES) return;
  if (isFileEntry(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    files.push({ file, relativePath: entry.fullPath.replace(/^\//, '') });
  } else if (isFolderEntry(entry)) {
    for (const child of await childrenOf(entry)) await walk(child, files);
  }
}

function isFileEntry(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolderEntry(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

/** A reader answers a hundred at a time, and nothing at the end. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const children: FileSystemEntry[] = [];
  for (;;) {
    const next = await new Promise<readonly FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (next.length === 0) return children;
    children.push(...next);
  }
}

/** Files chosen in the browser's own dialog; of a folder each names its place inside it. */
export function collectPicked(list: FileList): readonly HandedFile[] {
  return [...list].map((file) => ({ file, relativePath: file.webkitRelativePath || file.name }));
}

/** Pasted text as a file, named so that people know it again. Null for nothing but blanks. */
export function fileOfText(text: string, now: Date): HandedFile | null {
  if (text.trim() === '') return null;
  const isJson = /^\s*[[{]/.test(text);
  const clock = now.toISOString().slice(11, 19).replaceAll(':', '');
  const name = `pasted-${clock}.${isJson ? 'json' : 'log'}`;
  return { file: new File([text], name, { lastModified: now.getTime() }), relativePath: name };
}
