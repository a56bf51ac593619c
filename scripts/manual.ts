import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { manualPage } from '../src/doors/cli/manual';
import { VERBS } from '../src/doors/cli/verbs';

/** Writes the manual page that the package installs. */
writeFileSync(join(__dirname, '../dist/mdti.1'), manualPage(VERBS));
