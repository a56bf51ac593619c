import { type FaultRule, refusalOf, takeRule } from './faults';
import { type GraphContext, refuseGraph, respondAsGraph } from './graph/service';
import type { Incoming } from './http-message';
import type { LoginService } from './login/service';
import type { ServedOutcome } from './server';

/** The services of the sandbox origin. */
interface SandboxServices {
  readonly graph: GraphContext;
  readonly login: LoginService;
}

/** Graph's paths start with a version; those of the login service with a tenant. */
const VERSION = /^\/(v\d+\.\d+|beta)(\/|$)/;

/** Determines the service that a request is for and the fault that applies to it. */
export function handle({ graph, login }: SandboxServices, incoming: Incoming): ServedOutcome {
  const isGraph = VERSION.test(incoming.path);
  const rule = takeRule(graph.faults, incoming.path, ['throttle', 'error', 'reset', 'truncate', 'garble']);
  if (rule?.kind === 'reset') return { kind: 'reset' };
  const refused = refusalOf(rule);
  if (refused) {
    const response = isGraph ? refuseGraph(graph, incoming, refused) : login.refuse(refused);
    return { kind: 'complete', response };
  }
  return spoil(rule, isGraph ? respondAsGraph(graph, incoming) : login.respond(incoming));
}

/** Half of a JSON object, sent with the status and headers of a successful response and a matching length. */
const NO_JSON = '{"value":[{"id":';

function spoil(rule: FaultRule | undefined, response: ReturnType<typeof respondAsGraph>): ServedOutcome {
  if (rule?.kind === 'garble') return { kind: 'complete', response: { ...response, body: NO_JSON } };
  return { kind: rule?.kind === 'truncate' ? 'truncated' : 'complete', response };
}
