import { type Block, type InlineText, parseMarkdown } from '../shared/markdown';
import { escapeXml } from '../shared/picture';

/** Markdown as HTML of a fixed set of elements. Links are shown as text with their address: a report is opened without warning pages. */
export function blocksToHtml(markdown: string): string {
  return parseMarkdown(markdown).map(block).join('\n');
}

function block(one: Block): string {
  switch (one.kind) {
    case 'heading':
      return `<h4>${inline(one.content)}</h4>`;
    case 'paragraph':
      return `<p>${inline(one.content)}</p>`;
    case 'list':
      return `<ul>${one.items.map((item) => `<li>${inline(item)}</li>`).join('')}</ul>`;
    case 'code':
      return `<pre>${escapeXml(one.text)}</pre>`;
    case 'table':
      return `<div class="scroll"><table><thead>${row(one.head, 'th')}</thead><tbody>${one.rows
        .map((cells) => row(cells, 'td'))
        .join('')}</tbody></table></div>`;
  }
}

function row(cells: readonly InlineText[], tag: 'th' | 'td'): string {
  return `<tr>${cells.map((cell) => `<${tag}>${inline(cell)}</${tag}>`).join('')}</tr>`;
}

function inline(content: InlineText): string {
  return content
    .map((part) => {
      const text = escapeXml(part.text);
      if (part.kind === 'strong') return `<strong>${text}</strong>`;
      if (part.kind === 'code') return `<code>${text}</code>`;
      return part.kind === 'link' ? `${text} (${escapeXml(part.href)})` : text;
    })
    .join('');
}
