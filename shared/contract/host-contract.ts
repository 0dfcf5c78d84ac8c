/**
 * What the page asks of the program around it, spoken on a port of its own beside the engine's: dialogs, saving, the
 * window title, and what reaches the page from outside (menu items, opened files, deep links). The desktop host answers
 * all of it; the loopback host answers what a browser can do and `unimplemented` for the rest.
 *
 * Unlike the engine's commands these answer no revision: a host keeps no case. Dialogs are commands because asking twice
 * would show them twice. A dialog that was dismissed is no error; the answer is then null or empty.
 */
import { z } from 'zod';
import { nothing } from './model-schemas.ts';
import { command, feed, query } from './procedure.ts';

/** Paths may be this long and no longer; Windows' own bound for long paths. */
const MAX_PATH_LENGTH = 32_768;
const MAX_SAVED_BYTES = 512 * 1024 * 1024;
const bytes = z.custom<Uint8Array>(
  (value) => value instanceof Uint8Array && value.byteLength <= MAX_SAVED_BYTES,
  'is no array of at most 512 MiB',
);
const MAX_PRINTED_CHARACTERS = 64 * 1024 * 1024;

/** Menu items the page answers, in the words of the page's own actions. */
export const MENU_COMMANDS = [
  'case.new',
  'case.open',
  'case.close',
  'import.files',
  'import.folder',
  'report.export',
  'report.print',
  'edit.find',
  'history.back',
  'history.forward',
  'palette.show',
  'keys.show',
  'time.whole',
  'present.toggle',
  'present.freeze',
  'present.mask',
  'theme.next',
] as const;
export type MenuCommand = (typeof MENU_COMMANDS)[number];

const path = z.string().min(1).max(MAX_PATH_LENGTH);
const pickedPaths = z.strictObject({
  /** Absolute paths on the engine's machine; empty when the dialog was dismissed. */
  paths: z.array(path),
});
const pickedCase = z.strictObject({
  /** Absolute path on the engine's machine; null when the dialog was dismissed. */
  caseFile: path.nullable(),
});
const savedFile = z.strictObject({
  /** Where it was written; null when the dialog was dismissed. */
  savedPath: path.nullable(),
});

/** A file name without folders: the person decides where it goes, nothing in a bundle does. */
const fileName = z
  .string()
  .min(1)
  .max(200)
  .refine((name) => !/[/\\\u0000-\u001f]/.test(name) && name !== '.' && name !== '..', 'is no plain file name');

/** The page's own address behind the `#`, as the hash route writes it. */
export const pageRoute = z
  .string()
  .max(8_192)
  .regex(/^\/[a-z-]*(\?[^\s#]*)?$/, 'is no address of the page');

/** What reaches the page from outside. */
export const hostCommand = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('menu'), command: z.enum(MENU_COMMANDS) }),
  /** A case file was opened from the file manager, the command line or the list of recent cases. */
  z.strictObject({ type: z.literal('openCase'), caseFile: path }),
  /** Files were handed to the program from outside; the page asks into which case unless one is open. */
  z.strictObject({ type: z.literal('importPaths'), paths: z.array(path).min(1).max(10_000) }),
  /** A `faultline://` link: a place in the open case, or in the case named. */
  z.strictObject({ type: z.literal('openLink'), caseFile: path.nullable(), route: pageRoute }),
]);
export type HostCommand = z.infer<typeof hostCommand>;

export const hostContract = {
  'host.describe': query({
    scope: 'viewer',
    summary: 'Which host this is and whether others can look at the screen through it.',
    input: nothing,
    output: z.strictObject({
      kind: z.enum(['browser', 'desktop']),
      /** `process.platform` of the host: linux, darwin, win32 … */
      platform: z.string().max(40),
      version: z.string().max(100),
      isSharing: z.boolean(),
    }),
  }),
  'host.pickFiles': command({
    scope: 'host',
    summary: 'Asks the person for files and archives to import.',
    input: nothing,
    output: pickedPaths,
  }),
  'host.pickFolder': command({
    scope: 'host',
    summary: 'Asks the person for a folder to import.',
    input: nothing,
    output: pickedPaths,
  }),
  'host.pickCaseFile': command({
    scope: 'host',
    summary: 'Asks the person for a case file to open.',
    input: nothing,
    output: pickedCase,
  }),
  'host.newCaseFile': command({
    scope: 'host',
    summary: 'Asks the person where a new case file goes; one that was there is replaced once the person agreed.',
    input: z.strictObject({ suggestedName: fileName.optional() }),
    output: pickedCase,
  }),
  'host.stageFile': command({
    scope: 'host',
    summary: 'Keeps bytes that are no file on disk (pasted text, a picture) until the program ends, for an import.',
    input: z.strictObject({ name: fileName, bytes }),
    output: z.strictObject({ path }),
  }),
  'host.saveFile': command({
    scope: 'host',
    summary: 'Asks the person for a place and writes the bytes there.',
    input: z.strictObject({ suggestedName: fileName, bytes }),
    output: savedFile,
  }),
  'host.printPdf': command({
    scope: 'host',
    summary: 'Prints a page of HTML, without scripts and without network, as PDF and asks the person where it goes.',
    input: z.strictObject({ html: z.string().min(1).max(MAX_PRINTED_CHARACTERS), suggestedName: fileName }),
    output: savedFile,
  }),
  'host.setTitle': command({
    scope: 'operator',
    summary: 'Sets the title of the window; masked names stay masked there because the page chooses the text.',
    input: z.strictObject({ title: z.string().max(300) }),
    output: nothing,
  }),
  'host.commands': feed({
    scope: 'viewer',
    summary: 'Menu items, opened files and deep links; what came before the page listened is told first.',
    input: nothing,
    event: hostCommand,
  }),
} as const;
export type HostContract = typeof hostContract;
