/**
 * Files out of a drop or a paste, folders walked to their leaves. The browser empties a drop as soon as its event is
 * over, so entries are taken first and walked afterwards.
 */
import type { HandedFile } from '../../client/host-bridge.ts';

/** More are not walked: each is handed over by itself, and a person is better served by the command line. */
const MAX_FILES = 100_000;
/** Of unreadable ones this many are named. */
const NAMED_PROBLEMS = 3;

export interface Collected {
  readonly files: readonly HandedFile[];
  /** What is missing among them and what to do about it, in sentences; '' = nothing is. */
  readonly missing: string;
}

/** `keepsFolders`: the host knows where a dropped folder is on the disk and wants it whole. `mostFiles` is for tests. */
export function collectDropped(
  transfer: Pick<DataTransfer, 'items'>,
  keepsFolders: boolean,
  mostFiles = MAX_FILES,
): Promise<Collected> {
  const items = [...transfer.items].filter(({ kind }) => kind === 'file');
  const entries = items.map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  return walkAll(entries, keepsFolders, mostFiles);
}

/** One walk over everything dropped. What cannot be read does not keep the rest from being read. */
interface Walk {
  readonly files: HandedFile[];
  readonly unread: string[];
  readonly mostFiles: number;
  isCut: boolean;
}

async function walkAll(
  entries: readonly { readonly entry: FileSystemEntry | null; readonly file: File | null }[],
  keepsFolders: boolean,
  mostFiles: number,
): Promise<Collected> {
  const walked: Walk = { files: [], unread: [], mostFiles, isCut: false };
  for (const { entry, file } of entries) {
    if (file && (keepsFolders || entry === null || entry.isFile)) take(walked, { file, relativePath: file.name });
    else if (entry) await walk(entry, walked);
  }
  return { files: walked.files, missing: missingText(walked) };
}

function take(walked: Walk, file: HandedFile): void {
  if (walked.files.length < walked.mostFiles) walked.files.push(file);
  else walked.isCut = true;
}

async function walk(entry: FileSystemEntry, walked: Walk): Promise<void> {
  if (walked.isCut) return;
  const path = entry.fullPath.replace(/^\//, '');
  try {
    if (isFileEntry(entry)) {
      const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
      take(walked, { file, relativePath: path });
    } else if (isFolderEntry(entry)) {
      for (const child of await childrenOf(entry)) await walk(child, walked);
    }
  } catch {
    // The browser gives no reason a person could use: it is gone, or this user may not read it.
    walked.unread.push(path);
  }
}

function missingText({ files, unread, mostFiles, isCut }: Walk): string {
  const sentences: string[] = [];
  if (isCut) {
    const most = mostFiles.toLocaleString('en');
    sentences.push(
      `It holds more than ${most} files; the first ${most} are read. For all of them give its path on the command line: faultline import PATH --case FILE.`,
    );
  }
  if (unread.length > 0) {
    const named = unread.slice(0, NAMED_PROBLEMS).join(', ');
    const others = unread.length > NAMED_PROBLEMS ? ` and ${unread.length - NAMED_PROBLEMS} more` : '';
    sentences.push(`The browser could not read ${named}${others}; look whether they are still there and may be read.`);
  }
  if (files.length === 0 && unread.length === 0) sentences.push('There is no file in it.');
  return sentences.join(' ');
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
