import { stringify } from 'yaml';

/** Long strings stay on one line; repeated objects are written out, since few readers follow anchors. */
export function yaml(value: unknown): string {
  return stringify(value ?? null, { lineWidth: 0, aliasDuplicateObjects: false });
}
