import type { PluginError } from '../../base/errors';
import { isRecord, type JsonObject } from '../../base/json';
import type { GraphRequest, GraphResult } from '../../graph/request';
import type { CommandName } from '../../manifest/generated/types';
import { inContext } from '../../output/to-context';
import { type LooseArgs, plan, type RouteChoice } from '../../plan/plan';
import { carriesParent } from '../../xsoar/context-keys';
import type { GraphCommand } from '../declaration/command';
import type { Services } from '../declaration/services';

/** Declared commands by their names, as the declaration of a summary lists them. */
export type Commands = Readonly<Record<string, object>>;

/** One part of a summary: what one command would read, with a small number of rows. */
export interface Part {
  /** Its key in `Contents`. */
  readonly key: string;
  readonly title: string;
  readonly command: CommandName;
  readonly declared: GraphCommand;
  /** The arguments of that command, for the part itself and for the sentence how to get the rest. */
  readonly args: LooseArgs;
}

/** What came of one part. */
export interface PartResult {
  readonly part: Part;
  readonly request: GraphRequest;
  /** Graph's own objects. */
  readonly raw: readonly unknown[];
  /** The same as context stores them. */
  readonly objects: readonly JsonObject[];
  /** Whether there is one object at most. */
  readonly single: boolean;
  readonly more: boolean;
  readonly total: number | undefined;
  readonly error: PluginError | undefined;
}

/**
 * Reads parts together, one `$batch` for up to 20 of them.
 * @throws PluginError ARGUMENT_INVALID where an argument of a part makes no request
 */
export async function readParts(parts: readonly Part[], { graph, signal }: Services): Promise<PartResult[]> {
  const requests = parts.map(requestOf);
  const answers = await graph.execute(requests, signal);
  return parts.flatMap((part, index) => {
    const [request, answer] = [requests[index], answers[index]];
    return request === undefined || answer === undefined ? [] : [resultOf(part, request, answer)];
  });
}

function requestOf({ declared, args }: Part): GraphRequest {
  const [request] = plan(declared as RouteChoice<LooseArgs>, args, Number.POSITIVE_INFINITY).requests;
  if (request === undefined) throw new Error(`no request for ${JSON.stringify(args)}`);
  if (request.answers === 'entity') return request;
  return {
    ...request,
    optional: [...(request.optional ?? []), { name: '$count', value: 'true' }],
    rows: { ...request.rows, onePage: true },
    batched: true,
  };
}

function resultOf(part: Part, request: GraphRequest, answer: GraphResult): PartResult {
  const raw = answer.kind === 'entity' ? [answer.value] : answer.kind === 'collection' ? answer.rows : [];
  const parent = carriesParent(part.declared.context) ? request.parent : undefined;
  return {
    part,
    request,
    raw,
    objects: raw.filter(isRecord).map((object) => inContext(object, parent) as JsonObject),
    single: request.answers === 'entity',
    more: answer.kind === 'collection' && answer.more,
    total: answer.kind === 'collection' ? answer.total : undefined,
    error: answer.kind === 'failed' ? answer.error : undefined,
  };
}
