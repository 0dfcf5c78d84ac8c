/** Nothing was recorded. */
export function fill() {}
