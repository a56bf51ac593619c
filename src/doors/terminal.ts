import stringWidth from 'string-width';

export interface Screen {
  /** Styles may be used; false where the output is piped. */
  readonly styled: boolean;
  /** Columns that a line may have; unlimited where the output is piped. */
  readonly width: number;
}

/** An entry's markdown for a terminal: tables aligned and cut to the width, headings bold, the rest as it is. */
export function render(markdown: string, screen: Screen): string {
  const lines: string[] = [];
  const source = markdown.split('\n');
  for (let at = 0; at < source.length; ) {
    const line = source[at] ?? '';
    if (line.startsWith('|')) {
      const end = source.findIndex((next, index) => index > at && !next.startsWith('|'));
      lines.push(...tableLines(source.slice(at, end < 0 ? undefined : end), screen));
      at = end < 0 ? source.length : end;
      continue;
    }
    lines.push(line.startsWith('### ') ? bold(plain(line.slice(4)), screen) : plain(line));
    at++;
  }
  return `${lines.join('\n')}\n`;
}

const GAP = '  ';

function tableLines(source: readonly string[], screen: Screen): string[] {
  const rows = source.filter((_, index) => index !== 1).map(cells);
  const widths = fitted(
    (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => stringWidth(row[column] ?? '')))),
    screen.width,
  );
  const lines = rows.map((row) =>
    row
      .map((cell, column) => padded(cell, widths[column] ?? 0))
      .join(GAP)
      .trimEnd(),
  );
  const [head = '', ...body] = lines;
  return [bold(head, screen), widths.map((width) => '─'.repeat(width)).join(GAP), ...body];
}

/** The widest columns give way until the row fits; none falls below ten columns. */
function fitted(widths: readonly number[], most: number): number[] {
  const fit = [...widths];
  const room = most - GAP.length * (fit.length - 1);
  while (fit.reduce((sum, width) => sum + width, 0) > room) {
    const widest = fit.indexOf(Math.max(...fit));
    if ((fit[widest] ?? 0) <= 10) break;
    fit[widest] = (fit[widest] ?? 0) - 1;
  }
  return fit;
}

function cells(line: string): string[] {
  return line
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => plain(cell.trim()));
}

function plain(markdown: string): string {
  return markdown.replace(/\\([\\`*[\]<>|~])/g, '$1');
}

function padded(cell: string, width: number): string {
  const own = stringWidth(cell);
  if (own <= width) return cell + ' '.repeat(width - own);
  let cut = '';
  for (const character of cell) {
    if (stringWidth(cut + character) >= width) break;
    cut += character;
  }
  return `${cut}…`.padEnd(width);
}

function bold(text: string, screen: Screen): string {
  return screen.styled ? `\u001b[1m${text}\u001b[22m` : text;
}
