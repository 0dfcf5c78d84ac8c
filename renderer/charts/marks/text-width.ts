/** Width of words in the face of the page, for packing marks before they are drawn. */
import { palette } from '../palette.ts';

let context: CanvasRenderingContext2D | null | undefined;
const AVERAGE_LETTER = 0.56;

/** Pixels at this size and weight. */
export function textWidth(text: string, sizePx: number, weight = 400): number {
  context ??= document.createElement('canvas').getContext('2d');
  if (!context) return text.length * sizePx * AVERAGE_LETTER;
  context.font = `${weight} ${sizePx}px ${palette().fontUi}`;
  return context.measureText(text).width;
}

/** Words of a mark: names of megabytes never reach the page. */
export function shortWords(text: string, most = 34): string {
  const plain = text.slice(0, 400).replace(/\s+/g, ' ').trim();
  return plain.length > most ? `${plain.slice(0, most - 1)}…` : plain;
}
