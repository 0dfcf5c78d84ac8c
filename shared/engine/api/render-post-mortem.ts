/** The draft of a post-mortem from what the case holds: newest analysis, notes, verdicts. */
import { basename } from 'node:path';
import { renderHtmlDocument, renderMarkdownDocument } from '../../report/document-blocks.ts';
import type { DocumentBlock } from '../../report/document-blocks.ts';
import type { Masking } from '../../report/mask-names.ts';
import { postMortem } from '../../report/post-mortem.ts';
import { PRODUCT_VERSION } from '../product-version.ts';
import type { EngineSession } from './engine-session.ts';
import { newestAnswer } from './newest-analysis.ts';

/** `json` is the list of blocks. With `masking` every text goes through it. */
export async function renderPostMortem(
  session: EngineSession,
  format: 'markdown' | 'html' | 'json',
  masking: Masking | null,
): Promise<string> {
  const { engine } = session;
  const [{ result, incidents }, notes] = await Promise.all([newestAnswer(session), engine.notes()]);
  const title = masking ? 'case' : basename(engine.caseFile);
  const written = postMortem({ title, productVersion: PRODUCT_VERSION, result, incidents, notes });
  const blocks = masking ? written.map((block) => maskBlock(block, masking)) : written;
  if (format === 'json') return JSON.stringify(blocks);
  return format === 'html' ? renderHtmlDocument('Post-mortem', blocks) : renderMarkdownDocument(blocks);
}

function maskBlock(block: DocumentBlock, { text }: Masking): DocumentBlock {
  switch (block.type) {
    case 'heading':
    case 'paragraph':
    case 'prompt':
      return { ...block, text: text(block.text) };
    case 'list':
    case 'tasks':
      return { ...block, items: block.items.map(text) };
    case 'table':
      return { ...block, rows: block.rows.map((row) => row.map(text)) };
  }
}
