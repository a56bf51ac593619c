import type { Host, HostReputation, Vulnerability, WhoisRecord } from '../../model/generated/graph';
import type { DBOT_SCORE_KEY, DBotScore } from '../../xsoar/dbot-score';

/** The commands that rate indicators: what each reads from Graph, and the key of the platform's own object. */
export interface Verdicts {
  ip: {
    reads: { Host: Host; HostReputation: HostReputation };
    key: 'IP(val.Address && val.Address == obj.Address)';
  };
  domain: {
    reads: { Host: Host; HostReputation: HostReputation; Whois: WhoisRecord };
    key: 'Domain(val.Name && val.Name == obj.Name)';
  };
  cve: {
    reads: { Vulnerability: Vulnerability };
    key: 'CVE(val.ID && val.ID == obj.ID)';
  };
}

/** `Contents` of one indicator: Graph's objects by name, or the object itself if there is only one. */
export type VerdictContents<Name extends keyof Verdicts> =
  | (Name extends 'cve' ? Vulnerability : Partial<Verdicts[Name]['reads']>)
  | null;

/** `EntryContext` of one indicator: its score, the platform's object, and Graph's objects. */
export type VerdictContext<Name extends keyof Verdicts> = {
  readonly [Key in typeof DBOT_SCORE_KEY]: DBotScore;
} & {
  readonly [Key in Verdicts[Name]['key']]?: Readonly<Record<string, unknown>>;
} & {
  readonly [Part in keyof Verdicts[Name]['reads'] as KeyOf<Part>]?: InContext<Verdicts[Name]['reads'][Part]>;
};

type KeyOf<Part> = `MSGDefenderThreatIntel.${Part & string}(val.id && val.id == obj.id)`;

/** A Graph object in context: without annotations, with the short name of its type where Graph sent it. */
export type InContext<Value> = Value extends readonly (infer Item)[]
  ? InContext<Item>[]
  : Value extends object
    ? {
        [Key in keyof Value as Key extends `${string}@odata.${string}` ? never : Key]: InContext<Value[Key]>;
      } & {
        odataType?: string;
      }
    : Value;
