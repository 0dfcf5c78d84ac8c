/** Rows of a result: only those in sight are elements, columns as wide as their first rows ask. */
import { useMemo } from 'react';
import { useNaming } from '../../stores/naming.ts';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { columnTypes, rowAt, shortCellText } from './sql-result.ts';
import type { SqlResult } from './sql-result.ts';

const ROW_PX = 26;
const LETTER_PX = 7.1;
const PADDING_PX = 18;
const SAMPLED_ROWS = 60;
const MOST_LETTERS = 46;
const LEAST_LETTERS = 5;
/** Longer cells are cut in the table; CSV has them whole. */
const SHOWN_LETTERS = 300;

export function QueryTable({ result }: { readonly result: SqlResult }) {
  const naming = useNaming();
  const types = useMemo(() => columnTypes(result), [result]);
  const widths = useMemo(() => columnWidths(result), [result]);
  const template = { gridTemplateColumns: widths.map((width) => `${width}px`).join(' ') };
  const totalPx = widths.reduce((sum, width) => sum + width, 0);
  return (
    <div className="query-scroll">
      <div className="query-sheet" style={{ minWidth: totalPx }}>
        <div className="query-row query-head detail" style={template} aria-hidden="true">
          {result.columns.map((name, column) => (
            <span key={column} className={`cut ${isNumeric(types[column]) ? 'is-number' : ''}`} title={name}>
              {name} <i>{types[column]}</i>
            </span>
          ))}
        </div>
        <VirtualList
          count={result.rowCount}
          rowHeight={ROW_PX}
          label={`Rows, ${result.rowCount}; columns ${result.columns.slice(0, 30).join(', ')}`}
          renderRow={(index) => (
            <div role="listitem" className="query-row mono" style={template}>
              {(rowAt(result, index) ?? []).map((cell, column) => {
                const text = typeof cell === 'string' ? naming.text(cell) : shortCellText(cell);
                return (
                  <span
                    key={column}
                    dir="auto"
                    title={text.length > MOST_LETTERS ? text.slice(0, 4_000) : undefined}
                    className={`cut ${isNumeric(types[column]) ? 'is-number' : ''} ${cell === null ? 'text-3' : ''}`}
                  >
                    {text.slice(0, SHOWN_LETTERS)}
                  </span>
                );
              })}
            </div>
          )}
        />
      </div>
    </div>
  );
}

function isNumeric(type: string | undefined): boolean {
  return type === 'integer' || type === 'real';
}

/** Pixels per column, by its name and first rows. */
function columnWidths(result: SqlResult): readonly number[] {
  const rows = Array.from(
    { length: Math.min(SAMPLED_ROWS, result.rowCount) },
    (_, index) => rowAt(result, index) ?? [],
  );
  return result.columns.map((name, column) => {
    const letters = rows.reduce(
      (most, row) => Math.max(most, shortCellText(row[column] ?? null).length),
      name.length + 8,
    );
    return Math.round(Math.min(MOST_LETTERS, Math.max(LEAST_LETTERS, letters)) * LETTER_PX + PADDING_PX);
  });
}
