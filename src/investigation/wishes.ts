import type { GraphRequest, GraphResult } from '../graph/request';

/** Query options that only improve a response: a request that Graph refuses is repeated once without them. */
const WISHES: readonly string[] = ['$count', '$orderby', '$top'];

export type Read = (requests: readonly GraphRequest[]) => Promise<readonly GraphResult[]>;

export interface Wished {
  readonly answers: readonly GraphResult[];
  /** Requests that were sent, the repeated ones among them. */
  readonly sent: number;
}

/**
 * Reads all requests together, then repeats together those that Graph refused because of a wish.
 * @param refused routes whose wishes were refused before; those of this call are added
 * @param most requests that may be sent in all
 */
export async function readWithWishes(
  requests: readonly GraphRequest[],
  read: Read,
  refused: Set<string> = new Set(),
  most = Number.POSITIVE_INFINITY,
): Promise<Wished> {
  const sent = requests.map((request) => (refused.has(routeOf(request)) ? withoutWishes(request) : request));
  const answers = [...(await read(sent))];
  const again = answers
    .flatMap((answer, index) => (isRefusedWish(answer, sent[index]) ? [index] : []))
    .slice(0, most - requests.length);
  if (again.length === 0) return { answers, sent: requests.length };
  const repeated = again.flatMap((index) => sent[index] ?? []);
  for (const [place, answer] of (await read(repeated.map(withoutWishes))).entries()) {
    const [index, request] = [again[place], repeated[place]];
    if (index === undefined || request === undefined) continue;
    answers[index] = answer;
    if (answer.kind !== 'failed') refused.add(routeOf(request));
  }
  return { answers, sent: requests.length + again.length };
}

function isRefusedWish(answer: GraphResult, request: GraphRequest | undefined): boolean {
  if (answer.kind !== 'failed' || request === undefined) return false;
  const { status } = answer.error;
  return (status === 400 || status === 501) && request.query.some(({ name }) => WISHES.includes(name));
}

function withoutWishes(request: GraphRequest): GraphRequest {
  return { ...request, query: request.query.filter(({ name }) => !WISHES.includes(name)) };
}

/** The entity set and the last part of a path: what one refusal says about the requests that follow. */
function routeOf({ path }: GraphRequest): string {
  return path.replace(/\/[^/]*(?=\/[^/]*$)/, '');
}
