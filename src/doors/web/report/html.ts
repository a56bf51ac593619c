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

/** The style of a report; for print and screen alike. */
export const REPORT_STYLE = `
:root{color-scheme:light dark;--ink:#1c2430;--soft:#5b6472;--line:#dfe3ea;--back:#fff;--bad:#b3261e;--warn:#8f5a00;--good:#2f6f4f}
@media(prefers-color-scheme:dark){:root{--ink:#e6e9ef;--soft:#a2abba;--line:#333c4a;--back:#14181f;--bad:#ff8a80;--warn:#f2b84b;--good:#7fd1a4}}
*{box-sizing:border-box}
body{margin:0;background:var(--back);color:var(--ink);font:15px/1.55 system-ui,sans-serif}
main{max-width:1080px;margin:0 auto;padding:32px 24px 64px}
h1{font-size:28px;margin:0 0 16px}h2{font-size:20px;margin:40px 0 12px}h3{font-size:15px;margin:32px 0 8px}h4{font-size:14px;margin:16px 0 6px}
h3 time{color:var(--soft);font-weight:400;margin-right:8px}
.head{display:grid;grid-template-columns:max-content 1fr;gap:4px 16px;margin:0}.head dt{color:var(--soft)}.head dd{margin:0}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:13px}th,td{border-bottom:1px solid var(--line);padding:6px 10px 6px 0;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{color:var(--soft);font-weight:600;white-space:nowrap}td ul{margin:0;padding-left:16px}
code,pre{font:13px/1.5 ui-monospace,monospace;overflow-wrap:anywhere;white-space:pre-wrap}
.malicious td:nth-child(3){color:var(--bad);font-weight:600}.suspicious td:nth-child(3){color:var(--warn);font-weight:600}.neutral td:nth-child(3){color:var(--good)}
.picture{border:1px solid var(--line);border-radius:8px;overflow:hidden;background:#fff}.picture svg{display:block;width:100%;height:auto;max-height:900px}
.error{border-left:3px solid var(--bad);padding-left:12px}
@media print{body{font-size:12px}.picture svg{max-height:none}}
`;
