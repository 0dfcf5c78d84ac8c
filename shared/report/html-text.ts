/**
 * Hostile text into HTML. Everything a bundle contains passes through here; what comes out holds no markup, no control
 * characters and no invisible direction switches (they are shown as their code point instead).
 */

/** HTML that is known to be safe; only `html` and `raw` make it. */
export interface Html {
  readonly html: string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
// C0 and C1 controls except tab and line feed, bidirectional overrides and isolates, zero-width characters, BOM.
const UNSAFE =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]/gu;

/** Text fit for element content and quoted attribute values. */
export function escapeHtml(text: string): string {
  return text
    .replace(/[&<>"']/g, (c) => ENTITIES[c] as string)
    .replace(UNSAFE, (c) => `\u2423U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`);
}

export type HtmlPart = Html | string | number | null | undefined | false | readonly HtmlPart[];

function render(part: HtmlPart): string {
  if (part === null || part === undefined || part === false) return '';
  if (typeof part === 'string') return escapeHtml(part);
  if (typeof part === 'number') return String(part);
  if (Array.isArray(part)) return (part as readonly HtmlPart[]).map(render).join('');
  return (part as Html).html;
}

/** Template tag: every substitution is escaped unless it is `Html` itself. */
export function html(strings: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  let out = strings[0] ?? '';
  parts.forEach((part, i) => (out += render(part) + (strings[i + 1] ?? '')));
  return { html: out };
}

/** Marks text we wrote ourselves (style sheet, generated SVG paths) as safe. Never pass bundle content. */
export function raw(text: string): Html {
  return { html: text };
}
