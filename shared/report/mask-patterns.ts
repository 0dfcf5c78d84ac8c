/** Takes what looks like it could identify a person, a place or a revision out of a text. */

/** Each has bounded repetition: texts are hostile. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/gu, '‹mail›'],
  // A bracket inside an address belongs to it, one behind it to the sentence.
  [/\b[a-z][a-z0-9+.-]{1,20}:\/\/(?:[^\s"'<>)\]]|[)\]]{1,20}(?=[\w%&=/?*+-])){1,4000}/giu, '‹address›'],
  [/(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5})?(?![\d.])/gu, '‹address›'],
  [/(?<![\w:])(?:[0-9a-f]{1,4}:){4,7}[0-9a-f]{1,4}(?![\w:])/giu, '‹address›'],
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/giu, '‹id›'],
  [/\b(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{7,64}\b/gu, '‹id›'],
  [
    /(?<![\w.])(?:[a-z0-9](?:[a-z0-9-]{0,62})\.){1,8}(?:com|net|org|io|dev|internal|local|svc|cloud|app)\b/giu,
    '‹host›',
  ],
  [/(?<![\w/])(?:\/[\w.@-]{1,255}){2,30}/gu, '‹path›'],
];

export function maskPatterns(text: string): string {
  let masked = text;
  for (const [pattern, token] of PATTERNS) masked = masked.replace(pattern, token);
  return masked;
}
