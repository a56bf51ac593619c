import { API, pathPart, type Route } from '../../src/graph/route';

/** Whether the requests of a case, batches apart, all go to a route. */
export function takesRoute({ line }: Pick<Route, 'line'>, requests: readonly string[]): boolean {
  const reads = requests.filter((request) => request.startsWith('GET '));
  const pattern = `GET ${pathPart(line)
    .replace(API, '')
    .replace(/\{\w+\}/g, '[^/?]+')}`;
  return reads.length > 0 && reads.every((request) => new RegExp(`^${pattern}(?:\\?|$)`).test(request));
}
