/** Where a host has no file dialog of its own (a browser tab), a case is named by its path on the engine's machine. */
import { useId, useState } from 'react';
import type { FormEvent } from 'react';
import { useNaming } from '../../stores/naming.ts';
import { caseName, shownCaseName } from '../../stores/open-case.ts';
import { Button } from '../../ui/controls.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { suggestedCaseName } from '../../stores/suggested-case-name.ts';

export type CaseDialogMode = 'open' | 'new';

export function CaseDialog(properties: {
  readonly mode: CaseDialogMode;
  readonly recent: readonly { readonly caseFile: string }[];
  readonly onClose: () => void;
  /** Rejects with what to tell the person. */
  readonly onOpen: (caseFile: string) => Promise<void>;
}) {
  const { mode, recent, onClose } = properties;
  const naming = useNaming();
  const folder = recent[0]?.caseFile.replace(/[^/\\]*$/, '') ?? '';
  const [path, setPath] = useState(mode === 'new' ? folder + suggestedCaseName(new Date()) : '');
  const [reason, setReason] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const id = useId();

  function open(caseFile: string): void {
    const trimmed = caseFile.trim();
    if (trimmed === '') return setReason('Type the path of a case file.');
    setBusy(true);
    properties.onOpen(trimmed).catch((error: unknown) => {
      setBusy(false);
      setReason(error instanceof Error ? error.message : String(error));
    });
  }
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    open(path);
  }
  return (
    <Dialog
      title={mode === 'open' ? 'Open a case' : 'New case'}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" isDisabled={isBusy} onClick={() => open(path)}>
            {mode === 'open' ? 'Open' : 'Create'}
          </Button>
        </>
      }
    >
      <form className="case-dialog" onSubmit={onSubmit}>
        <label htmlFor={id}>Path of the case file on the machine Faultline runs on</label>
        <input
          id={id}
          className="field mono"
          value={path}
          dir="ltr"
          spellCheck={false}
          autoFocus
          placeholder="/home/me/cases/checkout.faultline"
          aria-describedby={`${id}-note`}
          aria-invalid={reason !== null}
          onChange={(event) => {
            setPath(event.target.value);
            setReason(null);
          }}
        />
        <p id={`${id}-note`} className={reason === null ? 'detail text-3' : 'fail'} role={reason ? 'alert' : undefined}>
          {reason ??
            (mode === 'open'
              ? 'A path that does not exist yet becomes a new case.'
              : 'One file holds the whole case: rows, analysis, notes. Its folder must exist.')}
        </p>
        {mode === 'open' && recent.length > 0 && (
          <ul className="case-dialog-recent" aria-label="Recent cases">
            {recent.slice(0, 8).map(({ caseFile }) => (
              <li key={caseFile}>
                <button type="button" className="start-row" onClick={() => open(caseFile)}>
                  <bdi className="strong cut">{shownCaseName(caseName(caseFile), naming)}</bdi>
                  <span className="mono text-3 cut" dir="ltr">
                    {naming.text(caseFile)}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </form>
    </Dialog>
  );
}
