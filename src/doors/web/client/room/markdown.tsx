import { useMemo } from 'preact/hooks';
import { type Block, type InlineText, parseMarkdown } from '../../shared/markdown';
import { DataTable } from './data-table';

/** Markdown as elements of the page; nothing in it can become HTML. */
export function Markdown({ text }: { text: string }) {
  const blocks = useMemo(() => parseMarkdown(text), [text]);
  return (
    <div class="markdown">
      {blocks.map((block, index) => (
        <BlockView key={index} block={block} />
      ))}
    </div>
  );
}

function BlockView({ block }: { block: Block }) {
  switch (block.kind) {
    case 'heading':
      return (
        <h3 class={`h${block.level}`}>
          <InlineView content={block.content} />
        </h3>
      );
    case 'paragraph':
      return (
        <p>
          <InlineView content={block.content} />
        </p>
      );
    case 'list':
      return (
        <ul>
          {block.items.map((item, index) => (
            <li key={index}>
              <InlineView content={item} />
            </li>
          ))}
        </ul>
      );
    case 'code':
      return <pre tabIndex={0}>{block.text}</pre>;
    case 'table':
      return <MarkdownTable head={block.head} rows={block.rows} />;
  }
}

function MarkdownTable({
  head,
  rows,
}: {
  head: readonly InlineText[];
  rows: readonly (readonly InlineText[])[];
}) {
  const columns = useMemo(() => head.map((cell) => cell.map(({ text }) => text).join('')), [head]);
  const texts = useMemo(
    () => rows.map((row) => columns.map((_, at) => (row[at] ?? []).map(({ text }) => text).join(''))),
    [rows],
  );
  return <DataTable columns={columns} rows={texts} name="table" />;
}

function InlineView({ content }: { content: InlineText }) {
  return (
    <>
      {content.map((part, index) => {
        if (part.kind === 'strong') return <strong key={index}>{part.text}</strong>;
        if (part.kind === 'code') return <code key={index}>{part.text}</code>;
        if (part.kind === 'link')
          return (
            <a
              key={index}
              href={`/leave?to=${encodeURIComponent(part.href)}`}
              target="_blank"
              rel="noopener noreferrer"
              title={part.href}
            >
              {part.text}
            </a>
          );
        return part.text;
      })}
    </>
  );
}
