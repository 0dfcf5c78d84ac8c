/** `faultline query`: read-only SQL over a case, as a table, JSON or CSV. */
import { sqlRow } from '../contract/sql-columns.ts';
import type { SqlCell, SqlColumns } from '../contract/sql-columns.ts';
import { EXIT } from './cli-io.ts';
import type { CliIo } from './cli-io.ts';
import { UsageError } from './command.ts';
import type { Command } from './command.ts';
import { csvRow } from './csv-row.ts';
import { withEngine } from './engine-client.ts';
import { existingCase } from './open-case.ts';
import { readArguments } from './read-arguments.ts';
import { safeText } from './text-layout.ts';

export const queryCommand: Command = {
  name: 'query',
  usage: '--case FILE "SQL" [--json|--csv] [--max-rows N]',
  summary: 'read-only SQL over a case; the views v_spans, v_logs, v_metric_points, v_alerts … are for it',
  options: [
    ['--case FILE', 'the case file'],
    ['--json', 'an array of objects; integers beyond 2^53 as text'],
    ['--csv', 'RFC 4180; cells a spreadsheet would take for a formula begin with an apostrophe'],
    ['--max-rows N', 'at most so many rows (100000)'],
  ],
  run: runQueryCommand,
};

const TABLE_CELL_WIDTH = 60;

async function runQueryCommand(args: readonly string[], io: CliIo): Promise<number> {
  const options = readArguments(args, {
    case: { type: 'string' },
    json: { type: 'boolean' },
    csv: { type: 'boolean' },
    'max-rows': { type: 'string' },
  });
  const [sql, stray] = options.positionals;
  if (sql === undefined || sql.trim() === '') throw new UsageError('Give one SQL statement, in quotes.');
  if (stray !== undefined) throw new UsageError('Give one SQL statement; put it in quotes.');
  if (options.isSet('json') && options.isSet('csv')) throw new UsageError('Choose --json or --csv, not both.');
  const maxRows = options.count('max-rows');
  const caseFile = await existingCase(options.text('case'));
  const form = options.isSet('json') ? jsonForm() : options.isSet('csv') ? csvForm() : tableForm();
  return withEngine(io, async (engine) => {
    await engine['case.open']({ caseFile, isReadOnly: true });
    let isFirst = true;
    for await (const chunk of engine['sql.run']({ sql, maxRows }, { signal: io.signal })) {
      await io.stdout(form.rows(chunk, isFirst));
      isFirst = false;
      if (chunk.isTruncated) io.stderr('faultline: there are more rows; --max-rows N shows them.\n');
      if (io.isOutputClosed) return EXIT.done;
    }
    await io.stdout(form.end());
    return EXIT.done;
  });
}

/** Turns an answer into text, chunk by chunk. */
interface AnswerForm {
  rows(chunk: SqlColumns, isFirst: boolean): string;
  end(): string;
}

function rowsOf(chunk: SqlColumns): SqlCell[][] {
  return Array.from({ length: chunk.rowCount }, (_, row) => sqlRow(chunk, row));
}

function jsonForm(): AnswerForm {
  let isEmpty = true;
  return {
    rows(chunk, isFirst) {
      const names = chunk.columns.map(({ name }) => name);
      const texts = rowsOf(chunk).map((cells) => {
        const entries = cells.map((cell, column) => [
          names[column] ?? '',
          typeof cell === 'bigint' ? String(cell) : cell,
        ]);
        const separator = isEmpty ? '\n' : ',\n';
        isEmpty = false;
        return `${separator}  ${JSON.stringify(Object.fromEntries(entries))}`;
      });
      return (isFirst ? '[' : '') + texts.join('');
    },
    end: () => (isEmpty ? ']\n' : '\n]\n'),
  };
}

function csvForm(): AnswerForm {
  return {
    rows(chunk, isFirst) {
      const head = isFirst ? csvRow(chunk.columns.map(({ name }) => name)) : '';
      return head + rowsOf(chunk).map(csvRow).join('');
    },
    end: () => '',
  };
}

/** Widths follow the first chunk; later rows that need more push their line wider. */
function tableForm(): AnswerForm {
  let widths: readonly number[] = [];
  const lineOf = (cells: readonly string[]): string =>
    `${cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()}\n`;
  const textOf = (cell: SqlCell): string => {
    const text = cell === null ? '' : safeText(String(cell));
    return text.length > TABLE_CELL_WIDTH ? `${text.slice(0, TABLE_CELL_WIDTH - 1)}…` : text;
  };
  return {
    rows(chunk, isFirst) {
      const names = chunk.columns.map(({ name }) => safeText(name));
      const rows = rowsOf(chunk).map((cells) => cells.map(textOf));
      if (!isFirst) return rows.map(lineOf).join('');
      widths = names.map((name, column) => Math.max(name.length, ...rows.map((cells) => cells[column]?.length ?? 0)));
      return [lineOf(names), lineOf(widths.map((width) => '-'.repeat(width))), ...rows.map(lineOf)].join('');
    },
    end: () => '',
  };
}
