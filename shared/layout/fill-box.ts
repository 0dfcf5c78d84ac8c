/**
 * Members of one group inside its box: first the named ones, a row each, then a grid. A member with a known place keeps
 * it relative to the box; new ones fill free cells, and only then new rows.
 */
import type { Point } from './layered-layout.ts';
import type { Box, GroupedNode, GroupedOptions } from './grouped-layout.ts';

/** A box as it was, with the number of cells in its rows. */
export interface KnownBox extends Box {
  readonly columns?: number;
}
export interface BoxSize {
  readonly width: number;
  readonly height: number;
  readonly columns: number;
}

/** Large groups get wider rows, so that no box becomes a tower. */
const ROW_SHARE = 0.72;
/** Free cells at each side, so that rings do not touch the border. */
const SIDE_CELLS = 0.3;

export function sizeOfBox(members: readonly GroupedNode[], options: GroupedOptions): BoxSize {
  const own = members.filter((member) => member.hasOwnRow).length;
  const rest = members.length - own;
  const columns = Math.max(options.minColumns, Math.ceil(Math.sqrt(rest * ROW_SHARE)));
  return extent(columns, own + Math.ceil(rest / columns), options);
}

function extent(columns: number, rows: number, options: GroupedOptions): BoxSize {
  return {
    columns,
    width: (columns + 2 * SIDE_CELLS) * options.cellWidth,
    height: options.headHeight + Math.max(1, rows) * options.cellHeight,
  };
}

export function fillBox(
  members: readonly GroupedNode[],
  corner: Point,
  size: BoxSize,
  options: GroupedOptions,
  known?: ReadonlyMap<string, Point>,
  before?: KnownBox,
): { readonly positions: ReadonlyMap<string, Point>; readonly width: number; readonly height: number } {
  const columns = before ? Math.max(1, Math.round(before.width / options.cellWidth - 2 * SIDE_CELLS)) : size.columns;
  const positions = new Map<string, Point>();
  const taken = new Set<string>();
  let rows = 0;
  const take = (id: string, column: number, row: number, isWholeRow: boolean): void => {
    positions.set(id, {
      x: corner.x + (column + 0.5 + SIDE_CELLS) * options.cellWidth,
      y: corner.y + options.headHeight + (row + 0.5) * options.cellHeight,
    });
    for (let c = isWholeRow ? 0 : column; c < (isWholeRow ? columns : column + 1); c++) taken.add(`${c} ${row}`);
    rows = Math.max(rows, row + 1);
  };
  const waiting: GroupedNode[] = [];
  for (const member of members) {
    const at = known?.get(member.id);
    if (!at) {
      waiting.push(member);
      continue;
    }
    const column = Math.round((at.x - corner.x) / options.cellWidth - 0.5 - SIDE_CELLS);
    const row = Math.round((at.y - corner.y - options.headHeight) / options.cellHeight - 0.5);
    const isInside = column >= 0 && column < columns && row >= 0 && !taken.has(`${column} ${row}`);
    if (isInside) take(member.id, column, row, member.hasOwnRow && column === 0);
    // Dragged out of its cell: it stays where it was put.
    else positions.set(member.id, at);
  }
  const isFresh = positions.size === 0;
  if (isFresh) for (const member of waiting) if (member.hasOwnRow) take(member.id, 0, rows, true);
  let cell = 0;
  for (const member of waiting) {
    if (positions.has(member.id)) continue;
    while (taken.has(`${cell % columns} ${Math.floor(cell / columns)}`)) cell++;
    take(member.id, cell % columns, Math.floor(cell / columns), false);
  }
  const filled = extent(columns, rows, options);
  return {
    positions,
    width: Math.max(filled.width, before?.width ?? 0),
    height: Math.max(filled.height, before?.height ?? 0),
  };
}
