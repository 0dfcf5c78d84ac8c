/**
 * Paths as a person knows them. What a browser hands over is copied into a folder of the host's own; its name says
 * nothing and is left out wherever a path or a sentence with one is shown.
 */

const STAGED = /(?:[^\s"'“]*[/\\])?faultline-staged-[^/\\\s]+[/\\][^/\\\s]+[/\\]/g;

/** A path, or any text that names paths. */
export function withoutStaging(text: string): string {
  return text.replace(STAGED, '');
}
