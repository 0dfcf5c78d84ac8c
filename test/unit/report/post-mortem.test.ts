import { describe, expect, it } from 'vitest';
import type { AnalysisResult } from '../../../shared/model/analysis-result.ts';
import { unixNano } from '../../../shared/model/time.ts';
import { renderHtmlDocument, renderMarkdownDocument } from '../../../shared/report/document-blocks.ts';
import { postMortem } from '../../../shared/report/post-mortem.ts';
import type { PostMortemCause, PostMortemIncident, PostMortemSource } from '../../../shared/report/post-mortem.ts';

const at = (minute: number) => unixNano(BigInt(Date.UTC(2026, 10, 18, 14, minute)) * 1_000_000n);
const hypothesis = (name: string, rank: number): PostMortemCause => ({
  rank,
  entity: { type: 'service', name },
  faultKind: 'pool_exhaustion',
  change: null,
  score: 1 / rank,
  confidence: 0.7 / rank,
  summary: `${name} runs out of connections.`,
  evidence: [{ stance: 'supports', signal: 'log', text: 'timeouts', weight: 1, refs: [], strike: null }],
  explains: [],
  unexplained: [],
  disprovedBy: '',
  judgement: null,
  original: { rank, confidence: 0.7 / rank },
});
const incidents: readonly PostMortemIncident[] = [
  {
    id: 'INC-1',
    title: 'Checkout <b>slow</b>',
    severity: 'critical',
    start: at(2),
    end: at(31),
    alerts: [],
    findings: [],
    entities: [{ type: 'service', name: 'checkout' }],
    changes: [
      { id: 'c1', rowId: 1, changeKind: 'deployment', title: 'inventory 2.42.0', time: at(1), revision: '9f3c1e7' },
    ],
    links: [],
    hypotheses: [hypothesis('inventory', 1), hypothesis('pricing', 2)],
  },
];
const result: Omit<AnalysisResult, 'incidents'> = {
  fingerprint: 'abc',
  window: null,
  findings: [],
  graph: { nodes: [], edges: [] },
  abstained: false,
  abstainReason: null,
  blindSpots: [],
  metrics: { alertsIn: 0, incidentsOut: 1, noiseReduction: 0 },
};
const source: PostMortemSource = {
  title: 'case',
  productVersion: '1',
  result,
  notes: [
    { createdTime: at(40), anchorTime: at(18), author: 'Mara', text: 'flushed the cache | no effect', kind: 'action' },
  ],
  incidents,
};

const withCauses = (hypotheses: readonly PostMortemCause[]): PostMortemSource => ({
  ...source,
  incidents: incidents.map((incident) => ({ ...incident, hypotheses })),
});

describe('post-mortem draft', () => {
  it('puts changes, symptoms and notes in the order they happened', () => {
    const table = postMortem(source).find((block) => block.type === 'table');
    expect(table?.rows.map(([, what]) => what)).toEqual([
      'inventory 2.42.0 (9f3c1e7)',
      'First symptom',
      'flushed the cache | no effect',
      'Last symptom',
    ]);
  });

  it('begins with what happened and what is most likely, and places the worst sign of each entity in time', () => {
    const finding = (id: string, name: string, minute: number, score: number) => ({
      id,
      detector: 'trace-red',
      kind: 'error_rate_increase' as const,
      signal: 'trace' as const,
      entity: { type: 'service' as const, name },
      peer: null,
      instance: null,
      subject: 'errors',
      start: at(minute),
      end: at(31),
      effectSize: 9,
      score,
      baseline: 0,
      observed: 0.4,
      unit: '1',
      text: `Requests to ${name} fail “<*>” at ${minute}.`,
      refs: [],
    });
    const findings = [
      finding('f1', 'checkout', 4, 0.9),
      finding('f2', 'checkout', 3, 0.2),
      finding('f3', 'web', 5, 0.5),
    ];
    const [incident] = incidents;
    if (!incident) throw new Error('the sample has an incident');
    const changed = {
      ...source,
      incidents: [{ ...incident, findings: ['f1', 'f2', 'f3'] }],
      result: { ...result, findings },
    };
    const blocks = postMortem(changed);
    const table = blocks.find((block) => block.type === 'table');
    expect(table?.rows.filter(([, , from]) => from === 'finding').map(([, what]) => what)).toEqual([
      'Requests to checkout fail “‹…›” at 4.',
      'Requests to web fail “‹…›” at 5.',
    ]);
    const summary = blocks.findIndex((block) => block.type === 'heading' && block.text === 'Summary');
    expect(blocks[summary + 1]).toEqual({
      type: 'paragraph',
      text: 'The symptoms lasted 29\u202fmin and reached 1 entity. Possible cause, likely, not confirmed by a person: inventory runs out of connections.',
    });
  });

  it('calls a cause possible until a person confirmed it, and then says who and puts it first', () => {
    const text = renderMarkdownDocument(postMortem(source));
    expect(text).toContain('not confirmed by a person');
    const judgement = { verdict: 'confirmed', by: 'Jo', reason: '' } as const;
    const judged = renderMarkdownDocument(
      postMortem(withCauses([hypothesis('inventory', 1), { ...hypothesis('pricing', 2), judgement }])),
    );
    expect(judged).toContain('Confirmed by Jo.');
    expect(judged.indexOf('### pricing')).toBeLessThan(judged.indexOf('### inventory'));
  });

  it('says what people rejected and struck out, and where the analysis had it', () => {
    const first = hypothesis('inventory', 1);
    const judgement = { verdict: 'rejected', by: 'Jo', reason: 'rolled back before' } as const;
    const struck = { ...first.evidence[0]!, strike: { by: 'Mara' } };
    const counted = { ...first.evidence[0]!, text: 'pool full' };
    const others = ['a', 'b', 'c'].map((name) => hypothesis(name, 2));
    const text = renderMarkdownDocument(
      postMortem(
        withCauses([
          { ...hypothesis('pricing', 2), confidence: 0.5, rank: 1, evidence: [struck, counted] },
          ...others,
          { ...first, confidence: 0, judgement },
        ]),
      ),
    );
    expect(text).toContain('The analysis ranked it 2 with 0.35;');
    expect(text.indexOf('supports: pool full')).toBeLessThan(text.indexOf('supports: timeouts, struck out by Mara'));
    // Past the third cause, and told all the same.
    expect(text).toMatch(/### inventory[^#]*Rejected by Jo: rolled back before/);
    expect(text).toMatch(/not confirmed by a person: pricing runs out of connections/);
  });

  it('lets no text of the bundle become markup', () => {
    const blocks = postMortem(source);
    expect(renderHtmlDocument('t', blocks)).toContain('Checkout &lt;b&gt;slow&lt;/b&gt;');
    expect(renderHtmlDocument('t', blocks)).not.toContain('<b>');
    expect(renderMarkdownDocument(blocks)).toContain('flushed the cache \\| no effect');
  });

  it('says when nothing was found', () => {
    const empty = {
      ...source,
      incidents: [],
      result: { ...result, abstained: true, abstainReason: 'Too few rows.' },
    };
    expect(renderMarkdownDocument(postMortem(empty))).toContain('Too few rows.');
  });
});
