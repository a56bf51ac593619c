import type { Faults } from './faults';

/** Options for starting a sandbox. */
export interface SandboxOptions {
  /** The data to serve: a folder with one JSON file per entity set, or the packed file of the package. */
  readonly world: string;
  /** 0, the default, selects a free port. */
  readonly port?: number | undefined;
  readonly faults?: Partial<Faults>;
  /** Milliseconds since 1970; tokens, device codes and request budgets live by it. */
  readonly clock?: () => number;
  /** Lifetime of an access token in seconds; 3600 by default. */
  readonly tokenLifetime?: number;
  /** Application roles (or delegated scopes) that tokens carry; `ThreatIntelligence.Read.All` unless given. */
  readonly roles?: readonly string[];
  /** PEM certificates registered for the application: client assertions are checked against them. */
  readonly certificates?: readonly string[];
  readonly deviceCode?: Partial<DeviceCodeTimes>;
}

/** Both in seconds; Microsoft's are 5 and 900. An interval of 0 never returns `slow_down`. */
export interface DeviceCodeTimes {
  readonly interval: number;
  readonly lifetime: number;
}

/** The one registered application, under the identifiers that Microsoft's own documentation uses as samples. */
export const APPLICATION = {
  id: '00001111-aaaa-2222-bbbb-3333cccc4444',
  secret: 'sandbox~Secret+1=',
  tenant: 'aaaabbbb-0000-cccc-1111-dddd2222eeee',
  domain: 'contoso.com',
  user: { id: '22223333-cccc-4444-dddd-5555eeee6666', name: 'alex@contoso.com' },
} as const;

/** The role that the threat intelligence API requests, delegated or application. */
export const REQUIRED_ROLE = 'ThreatIntelligence.Read.All';
