/**
 * Does what was changed speak of what is failing? Rare word parts that a change's message, files and diff share with
 * the new error messages, the alert and the failing operations, relative to the length of the change. Documentation and
 * tests cannot break production and count little; names of entities say where, not what, and do not count.
 */
import { goesTowards, readDiff, wordDirections } from '../diff-direction.ts';
import { failingMessages, severityWords } from '../failing-words.ts';
import type { CauseItem } from '../cause-item.ts';
import type { RankingState } from '../ranking-state.ts';
import { inverseFrequencies, wordParts } from '../word-parts.ts';

const LENGTH_OFFSET = 4;
const HARMLESS_SHARE = 0.3;
const SMALLEST_OVERLAP = 0.15;
const LARGEST_WEIGHT = 4;
/** Overlap that a diff is worth which goes the way of the failure. */
const TOWARDS = 0.6;
const LATENESS_NS = 60e9;
const LARGEST_TEXT = 20_000;

export function collectChangeTexts(state: RankingState): CauseItem[] {
  const { telemetry } = state.input;
  const changes = telemetry.changes
    .map((change, index) => ({ change, index, time: Number(change.startTime - telemetry.origin) }))
    .filter(({ change, time }) => change.entities.length > 0 && time <= state.alarmNs + LATENESS_NS);
  if (changes.length === 0) return [];
  const texts = changes.map(({ change }) =>
    wordParts(`${change.title}\n${(change.description ?? '').slice(0, LARGEST_TEXT)}`),
  );
  const names = new Set(telemetry.entities.flatMap((entity) => [...wordParts(entity.name)]));
  const idf = inverseFrequencies([...texts, ...telemetry.logs.templates.slice(0, 2000).map((t) => wordParts(t.text))]);
  const items: CauseItem[] = [];
  changes.forEach(({ change, index, time }, position) => {
    const words = texts[position]!;
    const diff = readDiff((change.description ?? '').slice(0, LARGEST_TEXT));
    const direction = state.input.disabledTerms?.has('diff-direction') ? () => 1 : wordDirections(diff);
    for (const entity of new Set(change.entities.map((e) => state.fold(e)))) {
      const failing = severityWords(state, entity);
      const shared = [...words]
        .filter((word) => failing.has(word) && !names.has(word))
        .sort((a, b) => idf(b) - idf(a) || (a < b ? -1 : 1));
      const sum = shared.reduce(
        (total, word) => total + Math.max(0, idf(word)) * failing.get(word)! * direction(word),
        0,
      );
      const isTowards =
        !state.input.disabledTerms?.has('diff-direction') && goesTowards(diff, failingMessages(state, entity));
      const overlap =
        ((isTowards ? TOWARDS : 0) + sum / (LENGTH_OFFSET + Math.sqrt(words.size))) *
        (isHarmless(change.description ?? change.title) ? HARMLESS_SHARE : 1);
      if (overlap < SMALLEST_OVERLAP) continue;
      items.push({
        entity,
        term: 'change',
        signal: 'change',
        aspect: 'change-text',
        change: index,
        weight: Math.min(LARGEST_WEIGHT, 2 * overlap),
        onsetNs: time,
        onsetUncertaintyNs: 0,
        text:
          (shared.length > 0
            ? `“${change.title.slice(0, 100)}” speaks of what is failing: ${shared.slice(0, 6).join(', ')}`
            : `“${change.title.slice(0, 100)}” touches what is failing`) +
          (isTowards ? '; its diff goes the way that brings such failures about.' : '.'),
        refs: [state.changeRef(index)],
        hint: 'bad_deployment',
      });
    }
  });
  return items;
}
function isHarmless(description: string): boolean {
  return (
    /^\W*(docs?|test|tests|style|ci)\b/i.test(description) ||
    /(_test\.\w+|\.md|CODEOWNERS)\s*$/m.test(description.split('\n@@')[0] ?? '')
  );
}
