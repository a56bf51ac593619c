/** What every content item of the pack has. */
export const COMMON = { version: -1, fromVersion: '6.10.0' } as const;
