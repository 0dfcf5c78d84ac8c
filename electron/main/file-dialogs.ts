/** The native dialogs, each over the window that asked. Dismissed = null or nothing. */
import { extname } from 'node:path';
import { dialog } from 'electron';
import type { BrowserWindow, FileFilter, MessageBoxOptions, OpenDialogOptions } from 'electron';
import { CASE_EXTENSION } from './deep-link.ts';

const CASE_FILTER: FileFilter = { name: 'Faultline case', extensions: [CASE_EXTENSION.slice(1)] };
const ALL_FILES: FileFilter = { name: 'All files', extensions: ['*'] };

export async function pickFiles(window: BrowserWindow): Promise<readonly string[]> {
  return open(window, {
    title: 'Import files and archives',
    buttonLabel: 'Import',
    properties: ['openFile', 'multiSelections'],
  });
}

export async function pickFolder(window: BrowserWindow): Promise<readonly string[]> {
  return open(window, { title: 'Import a folder', buttonLabel: 'Import', properties: ['openDirectory'] });
}

export async function pickCaseFile(window: BrowserWindow): Promise<string | null> {
  const [caseFile] = await open(window, {
    title: 'Open a case',
    properties: ['openFile'],
    filters: [CASE_FILTER, ALL_FILES],
  });
  return caseFile ?? null;
}

export async function askForNewCase(window: BrowserWindow, suggestedName: string): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: 'New case',
    buttonLabel: 'Create',
    defaultPath: suggestedName,
    filters: [CASE_FILTER],
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  });
  if (canceled || filePath === '') return null;
  return extname(filePath) === '' ? filePath + CASE_EXTENSION : filePath;
}

export async function askWhereToSave(window: BrowserWindow, suggestedName: string): Promise<string | null> {
  const extension = extname(suggestedName).slice(1);
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    defaultPath: suggestedName,
    filters: extension === '' ? [ALL_FILES] : [{ name: extension.toUpperCase(), extensions: [extension] }, ALL_FILES],
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  });
  return canceled || filePath === '' ? null : filePath;
}

/** A link may come from anybody; a case that was never opened here is opened only when the person says so. */
export async function confirmLinkedCase(window: BrowserWindow | undefined, caseFile: string): Promise<boolean> {
  const options: MessageBoxOptions = {
    type: 'question',
    message: 'A link asks to open a case that was not opened here before.',
    detail: caseFile,
    buttons: ['Open Case', 'Cancel'],
    defaultId: 1,
    cancelId: 1,
  };
  const { response } = await (window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options));
  return response === 0;
}

async function open(window: BrowserWindow, options: OpenDialogOptions): Promise<readonly string[]> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, options);
  return canceled ? [] : filePaths;
}
