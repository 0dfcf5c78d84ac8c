/** How an entity is written into the filter boxes of other views. Pure. */

/** `service:cart` for the filter boxes of other views; quoted where the name has blanks or quotes. */
export function entityFilterText({ type, name }: { readonly type: string; readonly name: string }): string {
  return `${type}:${/^[^\s"]+$/u.test(name) ? name : `"${name.replace(/["\\]/g, '\\$&')}"`}`;
}
