import { BOUNDS } from '../base/bounds';
import { PluginError } from '../base/errors';
import { quoted } from '../base/sanitize';

/** Texts that were typeset carry other hyphens than the one on a keyboard. */
const HYPHENS = /[\u2010-\u2015\u2212]/g;

/**
 * A CVE id in Graph's spelling, from text with any case, padding and hyphens.
 * @throws PluginError ARGUMENT_INVALID for text that is not a CVE id.
 */
export function normalizeCve(text: string): string {
  const id = text.trim().replace(HYPHENS, '-').toUpperCase();
  if (/^CVE-\d{4}-\d{4,19}$/.test(id)) return id;
  throw new PluginError('ARGUMENT_INVALID', `${quoted(text.trim())} is not a CVE ID.`, {
    hint: 'Give an ID such as CVE-2021-44228.',
  });
}

/**
 * The id of a record, as Graph gave it out: opaque, often base64, case kept.
 * @throws PluginError ARGUMENT_INVALID for `.` and `..`, which a path would drop, for control characters, and for an id that is too long.
 */
export function recordId(text: string, argument: string): string {
  const id = text.trim();
  if (id.length > BOUNDS.recordId || id === '.' || id === '..' || /\p{Cc}/u.test(id)) {
    throw new PluginError('ARGUMENT_INVALID', `${argument}: ${quoted(id)} is not a record id.`, {
      hint: 'Use an id from the output of a list command.',
    });
  }
  return id;
}
