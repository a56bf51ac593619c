/** The access token in the state after a command, for a request to Graph without the plugin. */
export function tokenIn(state: unknown): string {
  const { tokens } = state as { readonly tokens: Readonly<Record<string, { readonly value: string }>> };
  return Object.values(tokens)[0]?.value ?? '';
}
