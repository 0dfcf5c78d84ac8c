/** The post-mortem leaves from any view: as a file, or printed. The Notes view shows what leaves. */
import { useHost, useProcedures } from '../client/engine-context.tsx';
import { printPdf } from '../features/notes/print-pdf.ts';
import { saveText } from '../client/save-file.ts';
import { useActions } from '../stores/actions.ts';
import { announce } from '../stores/announce.ts';
import { useOpenCase } from '../stores/open-case.ts';
import { usePresentation } from '../stores/presentation.ts';
import { showProblem } from '../stores/problem.ts';
import { look } from '../stores/view-state.ts';

/** What a browser prints: the draft, which the Notes view keeps in the page. */
const PRINTED = '.notes-printed';
const MOST_WAIT_MS = 10_000;

export function useReportActions(): void {
  const host = useHost();
  const procedures = useProcedures();
  const hasCase = useOpenCase().status === 'open';
  const maskNames = usePresentation((store) => store.isMasked);
  const html = async (): Promise<string> =>
    (await procedures['report.render']({ kind: 'postMortem', format: 'html', maskNames })).text;
  const attempt = (work: () => Promise<string>): void => {
    work().then(announce, (error: unknown) => showProblem('The post-mortem could not be written.', error));
  };
  async function print(): Promise<string> {
    if (host.bridge.kind === 'browser') {
      look({ view: 'notes' });
      await elementPresent(PRINTED);
    }
    return printPdf(host, 'post-mortem.pdf', html);
  }
  const group = 'Case';
  useActions([
    {
      id: 'report.export',
      title: 'Save the post-mortem',
      group,
      keys: ['Ctrl+E'],
      isDisabled: !hasCase,
      run: () => attempt(async () => saveText(host, 'post-mortem.html', await html(), 'text/html')),
    },
    { id: 'report.print', title: 'Print the post-mortem', group, isDisabled: !hasCase, run: () => attempt(print) },
  ]);
}

/** Resolves once the page holds such an element; rejects when it does not come. */
async function elementPresent(selector: string): Promise<void> {
  if (document.querySelector(selector)) return;
  await new Promise<void>((resolve, reject) => {
    const observer = new MutationObserver(() => {
      if (document.querySelector(selector)) settle(resolve);
    });
    const timer = setTimeout(() => settle(() => reject(new Error('The draft is not ready.'))), MOST_WAIT_MS);
    const settle = (end: () => void): void => {
      observer.disconnect();
      clearTimeout(timer);
      end();
    };
    observer.observe(document.body, { childList: true, subtree: true });
  });
}
