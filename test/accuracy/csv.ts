/** Reads comma-separated text with double quotes (RFC 4180) into rows of fields. Empty trailing lines are left out. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let field: string;
    if (text[at] === '"') {
      let end = text.indexOf('"', at + 1);
      while (end >= 0 && text[end + 1] === '"') end = text.indexOf('"', end + 2);
      if (end < 0) end = text.length;
      field = text.slice(at + 1, end).replaceAll('""', '"');
      at = end + 1;
    } else {
      let end = at;
      while (end < text.length && text[end] !== ',' && text[end] !== '\n') end++;
      field = text.slice(at, end).replace(/\r$/, '');
      at = end;
    }
    row.push(field);
    if (text[at] === '\r') at++;
    if (text[at] === ',') {
      at++;
      if (at < text.length) continue;
      row.push('');
    }
    at++;
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  return rows;
}
