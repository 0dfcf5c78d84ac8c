/** Where in the code a change happened, from the texts a change carries. Pure. */

interface Field {
  readonly name: string;
  readonly value: unknown;
}

/** `stock/reserve.go:118` or `stock/reserve.go`: a path with a folder or a line and an extension of source code. */
const PLACE =
  /(?<![\w/.-])((?:[\w.-]+\/)+[\w.-]+\.[a-z]{1,5}(?::\d+)?|[\w-]+\.(?:go|py|ts|js|java|kt|rb|rs|cs|php|c|cc|cpp|ya?ml|tf|sql|json|toml)(?::\d+)?)(?![\w/])/;
const LONGEST = 80;
const READ_CHARACTERS = 20_000;

/** The first place named in a change's description or attributes; '' when none is. Addresses are no places. */
export function codePlace(fields: readonly Field[]): string {
  for (const name of ['description', 'attributes', 'extra']) {
    const value = fields.find((field) => field.name === name)?.value;
    if (typeof value !== 'string') continue;
    const text = value.slice(0, READ_CHARACTERS).replace(/\bhttps?:\/\/\S+/g, ' ');
    const place = PLACE.exec(text)?.[1];
    if (place !== undefined && place.length <= LONGEST) return place;
  }
  return '';
}
