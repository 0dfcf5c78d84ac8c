/** The design's colours for canvases: read from tokens.css, read again when the theme changes. Nothing here is a colour. */

const TOKENS = {
  surface0: '--surface-0',
  surface1: '--surface-1',
  surface2: '--surface-2',
  surface3: '--surface-3',
  line1: '--line-1',
  line2: '--line-2',
  text1: '--text-1',
  text2: '--text-2',
  text3: '--text-3',
  accentFill: '--accent-fill',
  accentTint: '--accent-tint',
  change: '--change-fill',
  fail: '--fail',
  failFill: '--fail-fill',
  warn: '--warn',
  warnFill: '--warn-fill',
  log: '--log',
  note: '--note',
  band: '--band',
  bandLine: '--band-line',
  series1: '--series-1',
  series2: '--series-2',
  series3: '--series-3',
  fontUi: '--font-ui',
  fontMono: '--font-mono',
} as const;

export type PaletteName = keyof typeof TOKENS;
export type Palette = Readonly<Record<PaletteName, string>>;

let current: Palette | undefined;
const listeners = new Set<() => void>();

export function palette(): Palette {
  current ??= readPalette();
  return current;
}

/** `listener` is called after the theme changed, until the returned function is called. */
export function onPaletteChange(listener: () => void): () => void {
  if (listeners.size === 0) watchTheme();
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const read: Partial<Record<PaletteName, string>> = {};
  for (const name of Object.keys(TOKENS) as PaletteName[]) read[name] = style.getPropertyValue(TOKENS[name]).trim();
  return read as Palette;
}

let isWatching = false;
/** The theme hangs on `data-theme`, on the system's theme and on its contrast. */
function watchTheme(): void {
  if (isWatching) return;
  isWatching = true;
  const changed = (): void => {
    current = undefined;
    for (const listener of listeners) listener();
  };
  new MutationObserver(changed).observe(document.documentElement, { attributeFilter: ['data-theme', 'class'] });
  for (const query of ['(prefers-color-scheme: light)', '(prefers-contrast: more)', '(forced-colors: active)']) {
    window.matchMedia(query).addEventListener('change', changed);
  }
}
