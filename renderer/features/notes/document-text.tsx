/** Blocks of a document as elements: headings one level down, since the page has its own first heading. */
import type { DocumentBlock } from '../../../shared/report/document-blocks.ts';

export function DocumentText({ blocks }: { readonly blocks: readonly DocumentBlock[] }) {
  return (
    <article className="notes-document">
      {blocks.map((block, index) => (
        <Block key={index} block={block} />
      ))}
    </article>
  );
}

function Block({ block }: { readonly block: DocumentBlock }) {
  switch (block.type) {
    case 'heading': {
      const Heading = `h${block.level + 1}` as 'h2' | 'h3' | 'h4';
      return <Heading dir="auto">{block.text}</Heading>;
    }
    case 'paragraph':
      return <p dir="auto">{block.text}</p>;
    case 'prompt':
      return (
        <p className="prompt" dir="auto">
          {block.text}
        </p>
      );
    case 'list':
    case 'tasks':
      return (
        <ul>
          {block.items.map((item, index) => (
            <li key={index} dir="auto" className={block.type}>
              {item}
            </li>
          ))}
        </ul>
      );
    case 'table':
      return (
        <table className="data-table">
          <thead>
            <tr>
              {block.header.map((cell) => (
                <th key={cell} scope="col">
                  {cell}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {block.rows.map((row, index) => (
              <tr key={index}>
                {row.map((cell, column) => (
                  <td key={column} dir="auto">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
  }
}
