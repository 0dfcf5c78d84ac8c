/** Pages outside the program that a person may be led to, in the browser of the system and after being asked. */

/** Documentation the page links to. Everything else stays text that can be copied. */
const DOCUMENTATION: readonly string[] = ['https://opentelemetry.io/docs/', 'https://www.sqlite.org/'];

/** The address as it will be opened, or null when it is not on the list. Exact origin and folder, no user, no port. */
export function documentationUrl(text: string): string | null {
  const url = URL.parse(text);
  if (!url || url.username !== '' || url.password !== '') return null;
  return DOCUMENTATION.some((allowed) => url.href.startsWith(allowed)) ? url.href : null;
}
