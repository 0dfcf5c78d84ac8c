/** Dialogs answered by tests ahead of time, in order; one nobody answers is dismissed. */

export interface DialogAnswer {
  /** Of an open dialog; none = dismissed. */
  readonly filePaths?: readonly string[];
  /** Of a save dialog; none = dismissed. */
  readonly filePath?: string;
  /** Of a message: the button's place. Dismissed = the dialog's own `cancelId`. */
  readonly response?: number;
}
export interface ShownDialog {
  readonly kind: 'open' | 'save' | 'message' | 'error';
  readonly options: Readonly<Record<string, unknown>>;
}

export const answers: DialogAnswer[] = [];
export const shown: ShownDialog[] = [];

/** The window comes first or not at all. */
function show(kind: ShownDialog['kind'], parameters: readonly unknown[]): DialogAnswer {
  shown.push({ kind, options: (parameters.at(-1) ?? {}) as Readonly<Record<string, unknown>> });
  return answers.shift() ?? {};
}

export const dialog = {
  showOpenDialog(...parameters: readonly unknown[]): Promise<{ canceled: boolean; filePaths: readonly string[] }> {
    const { filePaths = [] } = show('open', parameters);
    return Promise.resolve({ canceled: filePaths.length === 0, filePaths });
  },
  showSaveDialog(...parameters: readonly unknown[]): Promise<{ canceled: boolean; filePath: string }> {
    const { filePath = '' } = show('save', parameters);
    return Promise.resolve({ canceled: filePath === '', filePath });
  },
  showMessageBox(...parameters: readonly unknown[]): Promise<{ response: number; checkboxChecked: boolean }> {
    const { response } = show('message', parameters);
    const { cancelId } = (parameters.at(-1) ?? {}) as { readonly cancelId?: number };
    return Promise.resolve({ response: response ?? cancelId ?? 0, checkboxChecked: false });
  },
  showErrorBox(title: string, content: string): void {
    show('error', [{ title, content }]);
    process.stderr.write(`electron stand-in: error box: ${title}: ${content}\n`);
  },
};
