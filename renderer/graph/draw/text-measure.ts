/** Widths of texts, remembered: the same names are measured at each painting. */
const MOST_REMEMBERED = 20_000;

export function textMeasure(): (text: string, font: string) => number {
  const context = document.createElement('canvas').getContext('2d');
  const byFont = new Map<string, Map<string, number>>();
  return (text, font) => {
    let widths = byFont.get(font);
    if (!widths) {
      if (byFont.size > 40) byFont.clear();
      widths = new Map();
      byFont.set(font, widths);
    }
    const known = widths.get(text);
    if (known !== undefined) return known;
    if (widths.size >= MOST_REMEMBERED) widths.clear();
    if (context) context.font = font;
    const width = context ? context.measureText(text).width : text.length * 6.6;
    widths.set(text, width);
    return width;
  };
}
