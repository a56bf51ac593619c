import type { Outcome } from '../../src/engine/invocation';
import type { Entry } from '../../src/xsoar/entry';

/** The text of the one error entry that a user sees; fails where there is another number of entries or no error. */
export function errorText({ entries }: Outcome): string {
  expect(entries).toHaveLength(1);
  const [entry] = entries as [Entry];
  expect(entry).toMatchObject({ Type: 4, ContentsFormat: 'text', EntryContext: null });
  return String(entry.Contents);
}
