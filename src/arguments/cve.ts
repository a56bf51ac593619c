import { PluginError } from '../errors';

/**
 * A CVE id as Graph spells it, from whatever case and padding it was typed with.
 * @throws PluginError ARGUMENT_INVALID for what is no CVE id.
 */
export function normaliseCve(text: string): string {
  const id = text.trim().toUpperCase();
  if (/^CVE-\d{4}-\d{4,19}$/.test(id)) return id;
  throw new PluginError('ARGUMENT_INVALID', `${JSON.stringify(text.trim())} is not a CVE ID.`, {
    hint: 'Give an ID such as CVE-2021-44228.',
  });
}
