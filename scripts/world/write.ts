/** Writes `test_data/world/`: `npx tsx scripts/world/write.ts`. The same words always make the same files. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { articles } from './articles';
import { CERTIFICATE_IDS, certificates } from './certificates';
import { hosts } from './hosts';
import { profiles } from './profiles';
import { vulnerabilities } from './vulnerabilities';

const WORLD = join(import.meta.dirname, '../../test_data/world');

const SETS = {
  articles: articles(CERTIFICATE_IDS),
  hosts: hosts(),
  intelProfiles: profiles(CERTIFICATE_IDS),
  sslCertificates: certificates(),
  vulnerabilities: vulnerabilities(),
};

for (const [set, entities] of Object.entries(SETS))
  writeFileSync(join(WORLD, `${set}.json`), `${JSON.stringify(entities, null, 1)}\n`);
