import { describe, expect, it } from 'vitest';
import { renderHtmlReport } from '../../../shared/report/html-report.ts';
import { escapeHtml, html } from '../../../shared/report/html-text.ts';
import { renderMarkdownReport } from '../../../shared/report/markdown-report.ts';
import { clocks, duration, likelihoodWord, significant } from '../../../shared/report/format.ts';
import { incidentGraph } from '../../../shared/report/incident-graph.ts';
import { sampleInvestigation } from '../../support/sample-investigation.ts';

const HOSTILE = '</style><script>alert(1)</script><img src=x onerror=alert(1)>"\'&\u202e\u0007';

describe('escapeHtml', () => {
  it('leaves no markup and shows what would be invisible', () => {
    expect(escapeHtml('<a href="x">\'&\u202e\n')).toBe('&lt;a href=&quot;x&quot;&gt;&#39;&amp;␣U+202E\n');
  });
  it('escapes every substitution of the template but nested HTML', () => {
    expect(html`<b>${'<'}${[html`<i>${'>'}</i>`, null, 3]}</b>`.html).toBe('<b>&lt;<i>&gt;</i>3</b>');
  });
});

describe('times of a report', () => {
  const at = (text: string) => (BigInt(Date.parse(text)) * 1_000_000n) as never;
  it('have a date at both ends from a day on', () => {
    expect(clocks(at('2026-05-18T23:57:58Z'), at('2026-05-19T00:06:28Z'))).toBe('23:57:58 to 00:06:28');
    expect(clocks(at('2026-03-11T12:48:38Z'), at('2040-01-01T23:15:10Z'), true)).toBe(
      '2026-03-11 12:48:38 to 2040-01-01 23:15:10',
    );
  });
  it('are told in days when they are long', () => {
    expect([duration(47 * 3_600e9), duration(127.2 * 3_600e9)]).toEqual(['47\u202fh 0\u202fmin', '5.3\u202fd']);
  });
});

describe('renderHtmlReport', () => {
  it('shows incident, causes in order, evidence with its rows, blind spots and sources', () => {
    const page = renderHtmlReport(sampleInvestigation());
    const inOrder = [
      'checkout: errors 0.2 % → 34 %',
      '<svg',
      'inventory</b> pool exhaustion',
      '0.72',
      '412 of 430 slow calls',
      'SELECT stock',
      '4.9 s',
      'inventory-db</b> slow query',
      'What this case cannot show',
      'bundle.tar.gz!/traces.jsonl',
    ];
    let from = 0;
    for (const text of inOrder) {
      const found = page.indexOf(text, from);
      expect(found, `"${text}" after position ${from}`).toBeGreaterThanOrEqual(0);
      from = found;
    }
  });
  it('carries no markup of the bundle and asks for nothing from outside', () => {
    const plain = renderHtmlReport(sampleInvestigation());
    const page = renderHtmlReport(sampleInvestigation(HOSTILE));
    const tags = (text: string): number => (text.match(/<[a-z/!]/gi) ?? []).length;
    expect(tags(page)).toBe(tags(plain));
    expect(page).not.toMatch(/<script|[\u202e\u0007]/);
    expect(page).not.toMatch(/<[^>]*\s(?:src|href)=/);
    expect(page).toContain(`default-src 'none'`);
  });
  it('is the same for the same investigation', () => {
    expect(renderHtmlReport(sampleInvestigation())).toBe(renderHtmlReport(sampleInvestigation()));
  });
  it('leads with the reason when nothing is blamed', () => {
    const report = sampleInvestigation();
    const result = { ...report.result, incidents: [], abstained: true, abstainReason: 'No signal left its band.' };
    const page = renderHtmlReport({ ...report, result });
    expect(page).toContain('<h1>Nothing unusual found</h1>');
    expect(page).toContain('No signal left its band.');
  });
});

describe('renderMarkdownReport', () => {
  it('lists causes with evidence and row references', () => {
    const text = renderMarkdownReport(sampleInvestigation());
    expect(text).toContain('1. **inventory** (service): pool exhaustion, 0.72 likely');
    expect(text).toContain('supports, trace: 412 of 430 slow calls wait for a connection [`span:1`, `span:2`]');
  });
  it('keeps hostile text inside its line', () => {
    const lines = (text: string): number => text.split('\n').length;
    const text = renderMarkdownReport(sampleInvestigation(`${HOSTILE}\n# owned`));
    expect(lines(text)).toBe(lines(renderMarkdownReport(sampleInvestigation())));
    expect(text).not.toMatch(/(?<!\\)<script/);
  });
});

describe('incidentGraph', () => {
  it('leads from the cause against the calls to the farthest symptom', () => {
    const { result } = sampleInvestigation();
    const incident = result.incidents[0];
    if (!incident) throw new Error('the sample has an incident');
    expect(incidentGraph(result.graph, incident).causePath).toEqual([
      'service:inventory',
      'service:checkout',
      'service:gateway',
    ]);
  });
});

describe('format', () => {
  it('keeps three digits and groups thousands', () => {
    expect([0, 0.01234, 1.5, 12345.6, -3, 1234567].map(significant)).toEqual([
      '0',
      '0.0123',
      '1.5',
      '12\u202f346',
      '−3',
      '1\u202f234\u202f567',
    ]);
  });
  it('names durations by size', () => {
    expect([1.5e6, 4.9e9, 29 * 60e9, 190 * 60e9].map(duration)).toEqual([
      '1.5\u202fms',
      '4.9\u202fs',
      '29\u202fmin',
      '3\u202fh 10\u202fmin',
    ]);
  });
  it('turns shares into words at the stated limits', () => {
    expect([0.6, 0.59, 0.15, 0.149].map(likelihoodWord)).toEqual(['likely', 'possible', 'possible', 'unlikely']);
  });
});
