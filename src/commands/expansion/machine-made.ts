/**
 * Whether a label looks random: long, and mostly digits or hexadecimal. Numbered names such as `web-01` are not.
 */
export function isMachineMade(label: string): boolean {
  if (label === '*') return true;
  if (label.length < 8) return false;
  const digits = label.replace(/\D/g, '').length;
  return /^[0-9a-f-]+$/.test(label) || digits >= label.length * 0.4;
}
