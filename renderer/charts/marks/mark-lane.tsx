/** A lane of marks: squares with a glyph and words, each a button. What finds no room is in a neighbour's `+n`. */
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { insideLane, packMarks } from './pack-marks.ts';
import type { Mark, PlacedMark } from './pack-marks.ts';
import { shortWords, textWidth } from './text-width.ts';
import './marks.css';

export interface LaneMark {
  readonly id: string;
  readonly x: number;
  readonly words: string;
  readonly importance: number;
  readonly glyph: ReactNode;
  /** In full, for hover and screen readers. */
  readonly title: string;
  readonly isSelected?: boolean;
  readonly onOpen: () => void;
}

const SIZE_PX = 11.5;

export function MarkLane(properties: {
  readonly marks: readonly LaneMark[];
  readonly square: number;
  readonly width: number;
  readonly className: string;
}) {
  const { marks, square, width } = properties;
  const placed = useMemo(() => place(marks, square, width), [marks, square, width]);
  const byId = useMemo(() => new Map(marks.map((mark) => [mark.id, mark])), [marks]);
  return (
    <ul className={`lane-marks ${properties.className}`}>
      {placed.map((slot) => {
        const mark = byId.get(slot.id);
        return mark && <MarkButton key={slot.id} mark={mark} slot={slot} square={square} byId={byId} />;
      })}
    </ul>
  );
}

function MarkButton(properties: {
  readonly mark: LaneMark;
  readonly slot: PlacedMark;
  readonly square: number;
  readonly byId: ReadonlyMap<string, LaneMark>;
}) {
  const { mark, slot, square, byId } = properties;
  const folded = slot.folded.map((id) => byId.get(id)?.title ?? '').slice(0, 20);
  const title = folded.length === 0 ? mark.title : `${mark.title}\n+ ${folded.join('\n+ ')}`;
  return (
    <li style={{ left: slot.x - square / 2 }}>
      <button type="button" title={title} aria-pressed={mark.isSelected ?? false} onClick={mark.onOpen}>
        <span className="lane-glyph" style={{ width: square }}>
          {mark.glyph}
        </span>
        {slot.hasText && <span dir="auto">{shortWords(mark.words)}</span>}
        {slot.hasMore && <span className="lane-more">+{slot.folded.length}</span>}
        <span className="visually-hidden">, {mark.title}</span>
      </button>
    </li>
  );
}

function place(marks: readonly LaneMark[], square: number, width: number): readonly PlacedMark[] {
  const packed: Mark[] = marks
    .filter(({ x }) => x >= 0 && x <= width)
    .map(({ id, x, words, importance, isSelected }) => ({
      id,
      x: insideLane(x, square, width),
      importance: importance + (isSelected === true ? 1_000 : 0),
      textWidth: words === '' ? 0 : textWidth(shortWords(words), SIZE_PX, isSelected === true ? 600 : 400),
    }));
  return packMarks(packed, { square, gap: 5, more: 24, right: width });
}
