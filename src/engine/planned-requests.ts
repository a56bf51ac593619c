import { PluginError } from '../base/errors';
import type { Command } from '../commands/declaration/command';
import { catalog } from '../commands/generated/catalog';
import type { Config } from '../config/config';
import { graphUrl } from '../graph/client';
import type { GraphRequest } from '../graph/request';
import { checkArguments } from '../manifest/check-arguments';
import type { CommandName } from '../manifest/generated/types';
import { planIndicators } from '../plan/indicator-requests';
import { isRejected, type PlanStep, plan, requestsIn } from '../plan/plan';

/** A first request of a command, planned and not sent. */
interface PlannedRequest {
  readonly method: string;
  readonly url: string;
  /** Several of these travel together in one `$batch` request. */
  readonly batched: boolean;
}

/**
 * Returns the first requests of a command; the next pages of a list are known only from its response.
 * @throws PluginError for arguments or parameters that the command rejects, and for a command without routes.
 */
export function plannedRequests(
  name: CommandName,
  args: Readonly<Record<string, unknown>>,
  { graph, limits }: Config,
): PlannedRequest[] {
  const requests = requestsOf(name, checkArguments(name, args), limits.maxResults);
  const batched = requests.filter(({ returns }) => returns === 'entity').length > 1;
  return requests.map((request) => ({
    method: request.method,
    url: graphUrl(graph, request).href,
    batched: batched && request.returns === 'entity',
  }));
}

function requestsOf(
  name: CommandName,
  args: Readonly<Record<string, unknown>>,
  maxResults: number,
): readonly GraphRequest[] {
  const command = catalog[name] as Command;
  if ('reads' in command) {
    const indicators = planIndicators(command.reads, args);
    return requestsOrError(indicators.flatMap(({ steps }) => steps.map(({ step }) => step)));
  }
  if ('routes' in command) {
    return requestsOrError(plan(command, args, maxResults).steps);
  }
  throw new PluginError('ARGUMENT_INVALID', `--show-request is not supported for ${name}.`, {
    hint: 'Its requests depend on earlier responses. Run it without --show-request.',
  });
}

/** @throws PluginError of the first rejected observable, if no request is left */
function requestsOrError(steps: readonly PlanStep[]): readonly GraphRequest[] {
  const requests = requestsIn(steps);
  const rejected = steps.find(isRejected);
  if (requests.length === 0 && rejected !== undefined) throw rejected.error;
  return requests;
}
