import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Served } from './served';
import type { Environment } from './weighed';

/** How a user's command line reaches what is served: parameters in a file, and sign-ins and cached responses apart from this user's own. */
export function paramsFile({ params, caFile }: Served): {
  readonly file: string;
  readonly environment: Environment;
} {
  const folder = dirname(caFile);
  const file = join(folder, 'params.json');
  writeFileSync(file, JSON.stringify(params));
  return {
    file,
    environment: {
      NODE_EXTRA_CA_CERTS: caFile,
      MDTI_STATE_FILE: join(folder, 'state'),
      MDTI_RESPONSES: join(folder, 'responses'),
    },
  };
}
