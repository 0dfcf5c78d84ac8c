/** Colours and faces of the graph, read from the page's tokens once per theme. Drawing code knows names only. */
const COLOUR_TOKENS = {
  surface0: '--surface-0',
  surface1: '--surface-1',
  surface2: '--surface-2',
  surface3: '--surface-3',
  line1: '--line-1',
  line2: '--line-2',
  text1: '--text-1',
  text2: '--text-2',
  text3: '--text-3',
  accent: '--accent-fill',
  change: '--change',
  changeFill: '--change-fill',
  changeTint: '--change-tint',
  fail: '--fail',
  failFill: '--fail-fill',
  failTint: '--fail-tint',
  warn: '--warn',
  warnFill: '--warn-fill',
  note: '--note',
  series2: '--series-2',
  series3: '--series-3',
} as const;

export type GraphTheme = Readonly<Record<keyof typeof COLOUR_TOKENS, string>> & { readonly face: string };

let known: GraphTheme | undefined;
let isWatched = false;

/** Asking the page for a style makes it work out all of them, so this is done once per theme. */
export function readTheme(): GraphTheme {
  if (!isWatched) watchTheme(() => (known = undefined));
  isWatched = true;
  if (known) return known;
  const style = getComputedStyle(document.documentElement);
  return (known = themeFrom((token) => style.getPropertyValue(token).trim()));
}

/** From any source of tokens; tests give their own. */
export function themeFrom(valueOf: (token: string) => string): GraphTheme {
  const entries = Object.entries(COLOUR_TOKENS).map(([name, token]) => [name, valueOf(token)]);
  return {
    ...(Object.fromEntries(entries) as Record<keyof typeof COLOUR_TOKENS, string>),
    face: valueOf('--font-ui') || 'sans-serif',
  };
}

/** Calls back when the page's theme changes: the attribute on the root, or the system's own preference. */
export function watchTheme(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class', 'style'] });
  const queries = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)', '(forced-colors: active)'].map((query) =>
    window.matchMedia(query),
  );
  for (const query of queries) query.addEventListener('change', onChange);
  return () => {
    observer.disconnect();
    for (const query of queries) query.removeEventListener('change', onChange);
  };
}
