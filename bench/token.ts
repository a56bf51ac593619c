/** The access token in the state that a command left, for whoever asks Graph without the plugin. */
export function tokenIn(state: unknown): string {
  const { tokens } = state as { readonly tokens: Readonly<Record<string, { readonly value: string }>> };
  return Object.values(tokens)[0]?.value ?? '';
}
