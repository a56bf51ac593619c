import { FILE_RULES } from './rules/files';
import { INCIDENT_RULES } from './rules/incident';
import { INTEGRATION_RULES } from './rules/integration';
import { PLAYBOOK_RULES } from './rules/playbook';
import type { Pack, PackRule } from './rules/rule';

export const PACK_RULES: readonly PackRule[] = [
  ...FILE_RULES,
  ...INTEGRATION_RULES,
  ...PLAYBOOK_RULES,
  ...INCIDENT_RULES,
];

/** Rules that this pack does not meet, and why; `npm run check:pack` prints them. */
export const UNMET: Readonly<Record<string, string>> = {
  'DO101, DO103, DO106':
    'they want the newest image of the organization demisto on Docker Hub; this image contains Node.js and is built by its user.',
  IF115:
    'it wants incident fields that cannot be searched; article ID, tags and dates can, because users search for them.',
};

export function checkPack(pack: Pack): string[] {
  return PACK_RULES.flatMap(({ code, wants, broken }) =>
    broken(pack).map((what) => `${code} (${wants}): ${what}`),
  );
}

/** The files of a pack as the rules read them. */
export function packOf(files: Readonly<Record<string, Uint8Array>>): Pack {
  return Object.fromEntries(
    Object.entries(files).map(([path, bytes]) => [
      path,
      Buffer.from(bytes).toString(path.endsWith('.png') ? 'latin1' : 'utf8'),
    ]),
  );
}
