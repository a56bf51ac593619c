import { BOUNDS } from '../base/bounds';
import { PluginError } from '../base/errors';
import { quoted } from '../base/sanitize';

/** Texts that were typeset carry other hyphens than the one on a keyboard. */
const HYPHENS = /[\u2010-\u2015\u2212]/g;

/**
 * A CVE id as Graph spells it, from whatever case, padding and hyphens it was typed with.
 * @throws PluginError ARGUMENT_INVALID for what is no CVE id.
 */
export function normaliseCve(text: string): string {
  const id = text.slice(0, BOUNDS.observable).trim().replace(HYPHENS, '-').toUpperCase();
  if (/^CVE-\d{4}-\d{4,19}$/.test(id)) return id;
  throw new PluginError('ARGUMENT_INVALID', `${quoted(text.trim())} is not a CVE ID.`, {
    hint: 'Give an ID such as CVE-2021-44228.',
  });
}
