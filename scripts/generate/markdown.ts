/** A markdown table of one-line cells. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |\n`;
  return [headings, headings.map(() => '---'), ...rows].map(line).join('');
}

function cell(text: string): string {
  return oneLine(text).replaceAll('|', '\\|');
}

export function code(text: string): string {
  return `\`${text}\``;
}

/** A string that the manifest breaks over lines, on one. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
