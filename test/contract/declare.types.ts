// Nothing here runs: the compiler is the test, and an expected error that does not come is an error.
import { type Command, declare } from '../../src/commands/declaration/command';
import { catalog } from '../../src/commands/generated/catalog';
import { entity } from '../../src/graph/route';
import type { CommandName } from '../../src/manifest/generated/types';
import { table } from '../../src/output/table';

const presentation = {
  context: 'Host',
  value: 'object',
  nouns: ['host', 'hosts'],
  table: table('Hosts', {}),
} as const;

declare({
  'msg-defender-threat-intel-host': {
    ...presentation,
    routes: [entity('GET /security/threatIntelligence/hosts/{host_id}')],
    query: (args) => [{ name: '$search', value: args.host_id.join() }],
  },
});

declare({
  // @ts-expect-error no command has this name
  'msg-defender-threat-intel-hosts': {
    ...presentation,
    routes: [entity('GET /security/threatIntelligence/hosts/{host_id}')],
  },
});

declare({
  'msg-defender-threat-intel-host': {
    ...presentation,
    // @ts-expect-error the command has no argument hostname
    routes: [entity('GET /security/threatIntelligence/hosts/{hostname}')],
  },
});

declare({
  'msg-defender-threat-intel-host': {
    ...presentation,
    routes: [entity('GET /security/threatIntelligence/hosts/{host_id}')],
    // @ts-expect-error the command has no argument direction
    query: (args) => [{ name: '$filter', value: args.direction }],
  },
});

declare({
  'msg-defender-threat-intel-host': {
    ...presentation,
    // @ts-expect-error no route leads outside the API
    routes: [entity('GET /users/{host_id}')],
  },
});

const { 'msg-defender-threat-intel-host': _left, ...others } = catalog;

// @ts-expect-error the host command is missing
export const incomplete: { readonly [Name in CommandName]: Command<Name> } = others;
