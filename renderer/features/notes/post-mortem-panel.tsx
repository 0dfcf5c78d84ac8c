/** The draft as it stands now, to be copied, saved or printed. Its blocks are drawn as text: nothing of a bundle is run. */
import { useMemo, useState } from 'react';
import { createPortal } from 'react-dom';
import type { DocumentBlock } from '../../../shared/report/document-blocks.ts';
import { useHost, useProcedures } from '../../client/engine-context.tsx';
import { useQuery } from '../../client/use-query.ts';
import { copyText } from '../../client/copy-text.ts';
import { usePresentation } from '../../stores/presentation.ts';
import { Button, Chip } from '../../ui/controls.tsx';
import { ErrorState, LoadingState } from '../../ui/states.tsx';
import { DocumentText } from './document-text.tsx';
import { printPdf } from './print-pdf.ts';
import { saveText } from '../../client/save-file.ts';

export function PostMortemPanel() {
  const isMasked = usePresentation((store) => store.isMasked);
  const { data, error } = useQuery('report.render', { kind: 'postMortem', format: 'json', maskNames: isMasked });
  const blocks = useMemo(() => (data ? (JSON.parse(data.text) as readonly DocumentBlock[]) : null), [data]);
  const procedures = useProcedures();
  const host = useHost();
  const [message, setMessage] = useState('');

  function attempt(work: () => Promise<string>): void {
    work().then(setMessage, (failure: unknown) =>
      setMessage(failure instanceof Error ? failure.message : String(failure)),
    );
  }
  async function draft(format: 'markdown' | 'html'): Promise<string> {
    return (await procedures['report.render']({ kind: 'postMortem', format, maskNames: isMasked })).text;
  }
  async function copy(): Promise<string> {
    await copyText(await draft('markdown'));
    return 'Copied as Markdown.';
  }
  return (
    <section className="panel grow" aria-label="Post-mortem">
      <header className="panel-header notes-wrap">
        <h2>Post-mortem draft</h2>
        {isMasked && <Chip icon="mask">names masked</Chip>}
        <span className="grow" />
        <Button isSmall icon="copy" isDisabled={!data} onClick={() => attempt(copy)}>
          Copy
        </Button>
        <Button
          isSmall
          icon="download"
          isDisabled={!data}
          onClick={() =>
            attempt(async () => saveText(host, 'post-mortem.md', await draft('markdown'), 'text/markdown'))
          }
        >
          Markdown
        </Button>
        <Button
          isSmall
          icon="download"
          isDisabled={!data}
          onClick={() => attempt(async () => saveText(host, 'post-mortem.html', await draft('html'), 'text/html'))}
        >
          HTML
        </Button>
        <Button
          isSmall
          icon="file"
          isDisabled={!data}
          onClick={() => attempt(() => printPdf(host, 'post-mortem.pdf', () => draft('html')))}
        >
          PDF
        </Button>
      </header>
      <p role="status" className="notes-status detail">
        {message}
      </p>
      <div className="panel-body" tabIndex={0} role="region" aria-label="Text of the draft">
        {error ? (
          <ErrorState title="The draft could not be written." error={error} />
        ) : blocks ? (
          <DocumentText blocks={blocks} />
        ) : (
          <LoadingState what="Writing the draft from the case." />
        )}
      </div>
      {blocks &&
        createPortal(
          <div className="notes-printed">
            <DocumentText blocks={blocks} />
          </div>,
          document.body,
        )}
    </section>
  );
}
