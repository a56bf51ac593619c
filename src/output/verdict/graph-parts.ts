import type { Host, HostReputation, Vulnerability, WhoisRecord } from '../../model/generated/graph';

/** What Graph can know about an indicator, each object under its name in our context, as context keeps it. */
export interface GraphParts {
  readonly Host?: Host;
  readonly HostReputation?: HostReputation;
  readonly Whois?: WhoisRecord;
  readonly Vulnerability?: Vulnerability;
}

export type GraphPart = keyof GraphParts;
