/**
 * A document as a list of blocks, written as Markdown or as one self-contained HTML page. Text of a bundle may stand in
 * any block; both writers escape it. Pure: the same blocks give the same bytes.
 */
import { escapeHtml, html, raw } from './html-text.ts';
import type { Html } from './html-text.ts';
import { REPORT_STYLE } from './report-style.ts';

export type DocumentBlock =
  | { readonly type: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly type: 'paragraph'; readonly text: string }
  /** For people to fill in: shown in another face. */
  | { readonly type: 'prompt'; readonly text: string }
  | { readonly type: 'list'; readonly items: readonly string[] }
  /** Things to do, with a box to tick. */
  | { readonly type: 'tasks'; readonly items: readonly string[] }
  | { readonly type: 'table'; readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] };

export function renderMarkdownDocument(blocks: readonly DocumentBlock[]): string {
  return `${blocks.map(markdownOf).join('\n\n')}\n`;
}

function markdownOf(block: DocumentBlock): string {
  switch (block.type) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${markdownText(block.text)}`;
    case 'paragraph':
      return markdownText(block.text);
    case 'prompt':
      return `_${markdownText(block.text)}_`;
    case 'list':
      return block.items.map((item) => `- ${markdownText(item)}`).join('\n');
    case 'tasks':
      return block.items.map((item) => `- [ ] ${markdownText(item)}`).join('\n');
    case 'table':
      return [block.header, block.header.map(() => '---'), ...block.rows.map((row) => row.map(markdownText))]
        .map((row) => `| ${row.join(' | ')} |`)
        .join('\n');
  }
}

/** No line breaks, no markup, no HTML, no links. */
export function markdownText(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>|#~]/g, (c) => `\\${c}`);
}

/** `title` is the page's title; the first heading should say the same. */
export function renderHtmlDocument(title: string, blocks: readonly DocumentBlock[]): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>${title} · Faultline</title>
<style>${raw(REPORT_STYLE)}</style>
</head>
<body>
<main>
${blocks.map(htmlOf)}
</main>
</body>
</html>
`.html;
}

function htmlOf(block: DocumentBlock): Html {
  switch (block.type) {
    case 'heading':
      return raw(`<h${block.level}>${escapeHtml(block.text)}</h${block.level}>\n`);
    case 'paragraph':
      return html`<p>${block.text}</p>\n`;
    case 'prompt':
      return html`<p class="quiet"><em>${block.text}</em></p>\n`;
    case 'list':
      return html`<ul>${block.items.map((item) => html`<li>${item}</li>`)}</ul>\n`;
    case 'tasks':
      return html`<ul>${block.items.map((item) => html`<li>☐ ${item}</li>`)}</ul>\n`;
    case 'table':
      return html`<table><thead><tr>${block.header.map((cell) => html`<th>${cell}</th>`)}</tr></thead><tbody>${block.rows.map(
        (row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`,
      )}</tbody></table>\n`;
  }
}
