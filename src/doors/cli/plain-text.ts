/** Returns the result of a query without `-o`: strings and numbers unchanged, one per line; everything else as JSON. */
export function valuesAsText(value: unknown): string {
  const list = listOf(value);
  if (list.some((item) => typeof item === 'object' && item !== null)) return jsonText(value);
  return list.map((item) => `${item ?? ''}\n`).join('');
}

export function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return value === null || value === undefined ? [] : [value];
}

export function jsonText(value: unknown): string {
  return `${JSON.stringify(value ?? null, null, 2)}\n`;
}

/** A JSON document, or what a JMESPath expression finds in it. @throws PluginError INVOCATION_UNREADABLE for a wrong expression */
export async function jsonOrPart(value: unknown, query: string | undefined): Promise<string> {
  if (query === undefined) return jsonText(value);
  const { search } = await import('./query');
  return valuesAsText(search(value, query));
}
