/*
 * The markdown of entries and articles as data, for the page and the report: no code builds HTML from untrusted text. Linear in
 * the length of the text.
 */

type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'strong' | 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

export type InlineText = readonly Inline[];

export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly content: InlineText }
  | { readonly kind: 'paragraph'; readonly content: InlineText }
  | { readonly kind: 'list'; readonly items: readonly InlineText[] }
  | { readonly kind: 'code'; readonly text: string }
  | {
      readonly kind: 'table';
      readonly head: readonly InlineText[];
      readonly rows: readonly (readonly InlineText[])[];
    };

/** Blocks that a string becomes; the rest of it is one paragraph of plain text. */
const MAX_BLOCKS = 5_000;

export function parseMarkdown(markdown: string): Block[] {
  const lines = markdown.split(/\r?\n/);
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length && blocks.length < MAX_BLOCKS) {
    const line = (lines[at] as string).trimEnd();
    const heading = /^#{1,6}\s+/.exec(line)?.[0];
    if (line === '') at += 1;
    else if (line.startsWith('```')) at = code(lines, at, blocks);
    else if (line.startsWith('|')) at = table(lines, at, blocks);
    else if (heading !== undefined) {
      const level = heading.trimEnd().length;
      blocks.push({ kind: 'heading', level, content: parseInline(line.slice(heading.length)) });
      at += 1;
    } else if (/^\s{0,3}[-*+]\s/.test(line)) at = list(lines, at, blocks);
    else at = paragraph(lines, at, blocks);
  }
  if (at < lines.length) blocks.push({ kind: 'code', text: lines.slice(at).join('\n') });
  return blocks;
}

function code(lines: readonly string[], from: number, blocks: Block[]): number {
  let at = from + 1;
  for (; at < lines.length; at++) if ((lines[at] as string).startsWith('```')) break;
  blocks.push({ kind: 'code', text: lines.slice(from + 1, at).join('\n') });
  return at + 1;
}

function table(lines: readonly string[], from: number, blocks: Block[]): number {
  let at = from;
  while (lines[at]?.startsWith('|')) at += 1;
  const [head = [], ...rows] = lines
    .slice(from, at)
    .filter((line) => !/^\|[\s|:-]+$/.test(line))
    .map(cells);
  blocks.push({ kind: 'table', head, rows });
  return at;
}

function list(lines: readonly string[], from: number, blocks: Block[]): number {
  const items: InlineText[] = [];
  let at = from;
  for (; at < lines.length; at++) {
    const line = lines[at] as string;
    const mark = /^\s{0,6}[-*+]\s+/.exec(line)?.[0];
    if (mark === undefined) break;
    items.push(parseInline(line.slice(mark.length)));
  }
  blocks.push({ kind: 'list', items });
  return at;
}

function paragraph(lines: readonly string[], from: number, blocks: Block[]): number {
  let at = from + 1;
  while (isPlain(lines[at] ?? '')) at += 1;
  blocks.push({ kind: 'paragraph', content: parseInline(lines.slice(from, at).join('\n')) });
  return at;
}

function isPlain(line: string): boolean {
  return line.trim() !== '' && !/^(?:\||#{1,6}\s|```|\s{0,3}[-*+]\s)/.test(line);
}

/** The cells of `| a | b \| c |`. */
function cells(line: string): InlineText[] {
  const parts: string[] = [''];
  for (const [part] of line.slice(1).matchAll(/\\?./gs))
    if (part === '|') parts.push('');
    else parts[parts.length - 1] += part;
  if ((parts.at(-1) as string).trim() === '') parts.pop();
  return parts.map((part) => parseInline(part.trim()));
}

/** Emphasis, code and links of a string; whatever is not closed is text. */
function parseInline(text: string): Inline[] {
  const found: Inline[] = [];
  // What was not found behind one place is not behind a later one either.
  const missing = new Set<string>();
  let plain = '';
  let at = 0;

  function closing(mark: string, from: number): number | undefined {
    if (missing.has(mark)) return undefined;
    for (let end = text.indexOf(mark, from); end !== -1; end = text.indexOf(mark, end + 1))
      if (text[end - 1] !== '\\') return end;
    missing.add(mark);
    return undefined;
  }
  /** The link that begins at a bracket, and the place behind it. */
  function linkAt(bracket: number): readonly [link: Inline, next: number] | undefined {
    const middle = closing('](', bracket);
    if (middle === undefined || middle - bracket >= 1_000) return undefined;
    const end = closing(')', middle + 2);
    const href = text.slice(middle + 2, end);
    if (end === undefined || !/^https?:\/\/[^\s]{1,2000}$/.test(href)) return undefined;
    return [{ kind: 'link', text: unescaped(text.slice(bracket + 1, middle)), href }, end + 1];
  }
  function push(inline: Inline, next: number): void {
    if (plain !== '') found.push({ kind: 'text', text: plain });
    plain = '';
    found.push(inline);
    at = next;
  }

  while (at < text.length) {
    const character = text[at] as string;
    if (character === '\\' && /[!-/:-@[-`{-~]/.test(text[at + 1] ?? '')) {
      plain += text[at + 1];
      at += 2;
      continue;
    }
    if (text.startsWith('**', at)) {
      const end = closing('**', at + 3);
      if (end !== undefined) {
        push({ kind: 'strong', text: unescaped(text.slice(at + 2, end)) }, end + 2);
        continue;
      }
    }
    if (character === '`') {
      const end = closing('`', at + 1);
      if (end !== undefined) {
        push({ kind: 'code', text: text.slice(at + 1, end) }, end + 1);
        continue;
      }
    }
    if (character === '[') {
      const link = linkAt(at);
      if (link !== undefined) {
        const [inline, next] = link;
        push(inline, next);
        continue;
      }
    }
    plain += character;
    at += 1;
  }
  if (plain !== '') found.push({ kind: 'text', text: plain });
  return found;
}

function unescaped(text: string): string {
  return text.replace(/\\([!-/:-@[-`{-~])/g, '$1');
}
