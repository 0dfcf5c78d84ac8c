import { describe, expect, test } from 'vitest';
import { groupLinks, linkSummary, placeReason, termsText } from '../../../../renderer/features/incidents/link-words.ts';
import type { CorrelationLink } from '../../../../shared/model/analysis-result.ts';

const near = (from: string, to: string, reason = 'same place, at the same time'): CorrelationLink => ({
  from,
  to,
  strength: 1,
  terms: { time: 1, topology: 1 },
  reason,
});
const far = (from: string, to: string, strength: number, decision?: number): CorrelationLink => ({
  from,
  to,
  strength,
  terms: { time: 0.9, topology: 0.8 },
  reason: 'direct neighbours, 60 s apart',
  ...(decision !== undefined && { decision }),
});

describe('why one incident', () => {
  const groups = groupLinks([
    far('a', 'b', 0.9),
    far('a', 'c', 0.4),
    far('c', 'd', 0.7, 3),
    near('b', 'b1'),
    near('a', 'a1'),
    near('a', 'a2', 'same place, 60 s apart'),
    near('a', 'a3', 'same place, 4 min apart'),
  ]);

  test('what joins places stands first: what people decided, then the weakest', () => {
    expect(groups.between.map(({ to }) => to)).toEqual(['d', 'c', 'b']);
  });

  test('a place is one line, the one with most first, with the farthest in time', () => {
    expect(groups.places.map(({ lead, links }) => [lead, links.length])).toEqual([
      ['a', 3],
      ['b', 1],
    ]);
    expect(groups.places.map((place) => placeReason(place))).toEqual([
      'same place, up to 4 min apart',
      'same place, at the same time',
    ]);
  });

  test('a sentence says how much there is of both', () => {
    expect(linkSummary(groups)).toBe(
      '3 links join what happened at different places; the weakest stand first. 4 alerts and findings stand beside another at the same place.',
    );
    expect(linkSummary(groupLinks([near('a', 'b')]))).toBe(
      'One place: 1 alert or finding stands beside another at the same place.',
    );
  });

  test('what a person joined at one place is told apart', () => {
    expect(groupLinks([{ ...near('a', 'b', 'joined by a person'), decision: 1 }]).between).toHaveLength(1);
  });
});

test('terms in words, those that are nothing left out', () => {
  expect(termsText({ time: 0.75, text: 0, topology: 0.904 })).toBe('topology 0.9, time 0.75');
});
