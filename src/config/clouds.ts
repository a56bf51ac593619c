/** A national cloud: its login origin and the Graph that trusts its tokens (https://learn.microsoft.com/graph/deployments). */
export interface Cloud {
  readonly login: string;
  readonly graph: string;
}

export const CLOUDS = {
  worldwide: { login: 'https://login.microsoftonline.com', graph: 'https://graph.microsoft.com' },
  usGovernment: { login: 'https://login.microsoftonline.us', graph: 'https://graph.microsoft.us' },
  china: { login: 'https://login.chinacloudapi.cn', graph: 'https://microsoftgraph.chinacloudapi.cn' },
} as const satisfies Record<string, Cloud>;

/** Closed in October 2021; the name no longer resolves. */
export const RETIRED_LOGIN = 'https://login.microsoftonline.de';

/** The name of the cloud that a Graph belongs to; undefined for one that is not a cloud of Microsoft's. */
export function cloudOf(graph: string): keyof typeof CLOUDS | undefined {
  return (Object.keys(CLOUDS) as (keyof typeof CLOUDS)[]).find((name) => CLOUDS[name].graph === graph);
}

/** Returns the hint for a national cloud; undefined for the global cloud. */
export function cloudHint(graph: string): string | undefined {
  const cloud = cloudOf(graph);
  if (cloud === undefined || cloud === 'worldwide') return undefined;
  return `Microsoft offers threat intelligence in its worldwide cloud only, not at ${graph}. Set azure_ad_endpoint to ${CLOUDS.worldwide.login} and leave graph_endpoint empty.`;
}
