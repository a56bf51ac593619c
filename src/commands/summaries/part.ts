import { PluginError } from '../../base/errors';
import { isRecord, type JsonObject } from '../../base/json';
import type { GraphRequest, GraphResult } from '../../graph/request';
import type { CommandName } from '../../manifest/generated/types';
import { inContext } from '../../output/to-context';
import { type LooseArgs, plan, type RouteChoice, requestsIn } from '../../plan/plan';
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

/** The result of one part. */
export interface PartResult {
  readonly part: Part;
  readonly request: GraphRequest;
  /** Graph's own objects. */
  readonly raw: readonly unknown[];
  /** The rows in the form that context stores. */
  readonly objects: readonly JsonObject[];
  /** Whether there is one object at most. */
  readonly single: boolean;
  readonly more: boolean;
  readonly total: number | undefined;
  /** Notes for the user about the rows, one sentence each. */
  readonly warnings: readonly string[];
  readonly error: PluginError | undefined;
}

/**
 * Reads parts together, one `$batch` for up to 20 of them.
 * @throws PluginError ARGUMENT_INVALID if an argument of a part makes no request
 */
export async function readParts(parts: readonly Part[], { graph, signal }: Services): Promise<PartResult[]> {
  const requests = parts.map(requestOf);
  const results = await graph.execute(requests, signal);
  return parts.flatMap((part, index) => {
    const [request, result] = [requests[index], results[index]];
    return request === undefined || result === undefined ? [] : [resultOf(part, request, result)];
  });
}

function requestOf({ declared, args }: Part): GraphRequest {
  const { steps } = plan(declared as RouteChoice<LooseArgs>, args, Number.POSITIVE_INFINITY);
  const [request] = requestsIn(steps);
  if (request === undefined) throw new Error(`no request for ${JSON.stringify(args)}`);
  if (request.returns === 'entity') return request;
  const { optional = [], rows } = request;
  const isSorted = optional.some(({ name }) => name === '$orderby');
  const most = isSorted ? Math.max(rows.most, TELLING) : rows.most;
  const sized = optional.map((option) => (option.name === '$top' ? { ...option, value: `${most}` } : option));
  return {
    ...request,
    optional: [...sized, { name: '$count', value: 'true' }],
    rows: { ...rows, most, onePage: true },
    batched: true,
  };
}

/** Rows needed to detect that Graph ignored the order: this many are hardly ever sorted by chance. */
const TELLING = 10;

function resultOf(part: Part, request: GraphRequest, result: GraphResult): PartResult {
  const all = result.kind === 'entity' ? [result.value] : result.kind === 'collection' ? result.rows : [];
  const wanted = typeof part.args.limit === 'number' ? part.args.limit : all.length;
  const raw = all.slice(0, wanted);
  const parent = carriesParent(part.declared.context) ? request.parent : undefined;
  return {
    part,
    request,
    raw,
    objects: raw.filter(isRecord).map((object) => inContext(object, parent) as JsonObject),
    single: request.returns === 'entity',
    more: result.kind === 'collection' && (result.more || all.length > wanted),
    total: result.kind === 'collection' ? (result.total ?? sizeOf(result)) : undefined,
    warnings: (result.kind === 'collection' && result.warnings) || [],
    error: result.kind === 'failed' ? result.error : undefined,
  };
}

/** Returns the number of rows in a list that was read to its end, regardless of the service's meaning of `$top`. */
function sizeOf({ rows, more, request }: Extract<GraphResult, { kind: 'collection' }>): number | undefined {
  return more || rows.length >= request.rows.most ? undefined : rows.length;
}

/** Rows of one part: a summary is short, and one page of Graph contains no more. */
const MOST = 200;

/** @throws PluginError ARGUMENT_INVALID for more than one page. */
export function summaryRows(rows: number | undefined, otherwise: number): number {
  const wanted = rows ?? otherwise;
  if (wanted <= MOST) return wanted;
  throw new PluginError('ARGUMENT_INVALID', `rows: ${wanted} is above the maximum of ${MOST}.`, {
    hint: `rows takes a whole number from 1 to ${MOST}; the list commands read more.`,
  });
}
