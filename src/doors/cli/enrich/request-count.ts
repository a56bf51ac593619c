import { counted } from '../../../base/sanitize';
import type { SharedTraffic } from '../../../engine/instance-ports';
import type { GraphClient } from '../../../graph/client';

/** Counts what a run sent to Graph, a member of a batch as one request, and the responses that it reused. */
export function requestCount() {
  let sent = 0;
  let reused = 0;
  return {
    traffic: (traffic: SharedTraffic): SharedTraffic => ({
      ...traffic,
      send(request, sending) {
        sent += 1;
        return traffic.send(request, sending);
      },
    }),
    client: (client: GraphClient): GraphClient => ({
      async execute(...given) {
        const results = await client.execute(...given);
        reused += results.filter(({ requestedAt }) => requestedAt !== undefined).length;
        return results;
      },
    }),
    /** `1,200 requests to Graph, 35 responses reused.` */
    text: () => `${counted(sent, 'request')} to Graph, ${counted(reused, 'response')} reused.`,
  };
}
