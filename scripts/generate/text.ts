/** A source file's opening line, for a reader who is about to edit the wrong file. */
export function notice(...sources: readonly string[]): string {
  return `// Generated from ${sources.join(' and ')} by \`npm run generate\`; edit those, not this file.\n\n`;
}

/** A one-line doc comment at some depth of a source file. */
export function comment(text: string, indent = ''): string {
  return `${indent}/** ${text.replaceAll('*/', '*\\/').replace(/\s+/g, ' ').trim()} */\n`;
}

/** A union of string literals. */
export function union(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(' | ');
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
