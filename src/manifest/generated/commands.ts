// Generated from integration.yml by `npm run generate`; edit those, not this file.

import type { CommandName, ParameterName } from './types';

type Kind =
  | { readonly kind: 'text' | 'list' | 'count' | 'flag'; readonly choices?: undefined }
  | { readonly kind: 'choice'; readonly choices: readonly string[] };

/** What a command's argument may contain, and whether it takes the value that was typed without a name. */
export type ArgumentSpec = Kind & { readonly required: boolean; readonly isDefault: boolean };

export interface CommandSpec {
  readonly arguments: Readonly<Record<string, ArgumentSpec>>;
}

export const commands: Readonly<Record<CommandName, CommandSpec>> = {
  'msg-defender-threat-intel-auth-start': {
    arguments: {},
  },
  'msg-defender-threat-intel-auth-complete': {
    arguments: {},
  },
  'msg-defender-threat-intel-auth-test': {
    arguments: {},
  },
  'msg-defender-threat-intel-auth-reset': {
    arguments: {},
  },
  'msg-defender-threat-intel-article-list': {
    arguments: {
      article_id: { kind: 'text', required: false, isDefault: false },
      search: { kind: 'text', required: false, isDefault: false },
      odata: { kind: 'text', required: false, isDefault: false },
      limit: { kind: 'count', required: false, isDefault: false },
      all_results: { kind: 'flag', required: false, isDefault: false },
    },
  },
  'msg-defender-threat-intel-article-indicators-list': {
    arguments: {
      article_id: { kind: 'text', required: false, isDefault: false },
      article_indicator_id: { kind: 'text', required: false, isDefault: false },
      odata: { kind: 'text', required: false, isDefault: false },
      limit: { kind: 'count', required: false, isDefault: false },
      all_results: { kind: 'flag', required: false, isDefault: false },
    },
  },
  'msg-defender-threat-intel-profile-list': {
    arguments: {
      intel_profile_id: { kind: 'text', required: false, isDefault: false },
      search: { kind: 'text', required: false, isDefault: false },
      kind: { kind: 'choice', required: false, isDefault: false, choices: ["actor","tool"] },
      odata: { kind: 'text', required: false, isDefault: false },
      limit: { kind: 'count', required: false, isDefault: false },
      all_results: { kind: 'flag', required: false, isDefault: false },
    },
  },
  'msg-defender-threat-intel-profile-indicators-list': {
    arguments: {
      intel_profile_id: { kind: 'text', required: false, isDefault: false },
      intel_profile_indicator_id: { kind: 'text', required: false, isDefault: false },
      odata: { kind: 'text', required: false, isDefault: false },
      limit: { kind: 'count', required: false, isDefault: false },
      all_results: { kind: 'flag', required: false, isDefault: false },
    },
  },
  'msg-defender-threat-intel-host': {
    arguments: {
      host_id: { kind: 'list', required: true, isDefault: false },
      odata: { kind: 'text', required: false, isDefault: false },
    },
  },
  'msg-defender-threat-intel-host-whois': {
    arguments: {
      host_id: { kind: 'list', required: false, isDefault: false },
      whois_record_id: { kind: 'text', required: false, isDefault: false },
      odata: { kind: 'text', required: false, isDefault: false },
      limit: { kind: 'count', required: false, isDefault: false },
    },
  },
  'msg-defender-threat-intel-host-whois-history': {
    arguments: {
      host_id: { kind: 'text', required: false, isDefault: false },
      whois_record_id: { kind: 'text', required: false, isDefault: false },
      whois_history_record_id: { kind: 'text', required: false, isDefault: false },
      odata: { kind: 'text', required: false, isDefault: false },
      limit: { kind: 'count', required: false, isDefault: false },
      all_results: { kind: 'flag', required: false, isDefault: false },
    },
  },
  'msg-defender-threat-intel-host-reputation': {
    arguments: {
      host_id: { kind: 'list', required: true, isDefault: false },
      odata: { kind: 'text', required: false, isDefault: false },
    },
  },
  'msg-defender-threat-intel-host-components-list': {
    arguments: {
      host_id: { kind: 'text', required: false, isDefault: false },
      host_component_id: { kind: 'text', required: false, isDefault: false },
      odata: { kind: 'text', required: false, isDefault: false },
      limit: { kind: 'count', required: false, isDefault: false },
      all_results: { kind: 'flag', required: false, isDefault: false },
    },
  },
  'msg-defender-threat-intel-host-cookies-list': {
    arguments: {
      host_id: { kind: 'text', required: false, isDefault: false },
      host_cookie_id: { kind: 'text', required: false, isDefault: false },
      odata: { kind: 'text', required: false, isDefault: false },
      limit: { kind: 'count', required: false, isDefault: false },
      all_results: { kind: 'flag', required: false, isDefault: false },
    },
  },
  'msg-defender-threat-intel-host-pairs-list': {
    arguments: {
      host_id: { kind: 'text', required: false, isDefault: false },
      host_pair_id: { kind: 'text', required: false, isDefault: false },
      direction: { kind: 'choice', required: false, isDefault: false, choices: ["both","parent","child"] },
      odata: { kind: 'text', required: false, isDefault: false },
      limit: { kind: 'count', required: false, isDefault: false },
      all_results: { kind: 'flag', required: false, isDefault: false },
    },
  },
  'msg-defender-threat-intel-host-ports-list': {
    arguments: {
      host_id: { kind: 'text', required: false, isDefault: false },
      host_port_id: { kind: 'text', required: false, isDefault: false },
      expand_certificate: { kind: 'flag', required: false, isDefault: false },
      odata: { kind: 'text', required: false, isDefault: false },
      limit: { kind: 'count', required: false, isDefault: false },
      all_results: { kind: 'flag', required: false, isDefault: false },
    },
  },
  'msg-defender-threat-intel-host-ssl-certificates-list': {
    arguments: {
      host_id: { kind: 'text', required: false, isDefault: false },
      host_ssl_certificate_id: { kind: 'text', required: false, isDefault: false },
      odata: { kind: 'text', required: false, isDefault: false },
      limit: { kind: 'count', required: false, isDefault: false },
      all_results: { kind: 'flag', required: false, isDefault: false },
    },
  },
  'msg-defender-threat-intel-host-trackers-list': {
    arguments: {
      host_id: { kind: 'text', required: false, isDefault: false },
      host_tracker_id: { kind: 'text', required: false, isDefault: false },
      odata: { kind: 'text', required: false, isDefault: false },
      limit: { kind: 'count', required: false, isDefault: false },
      all_results: { kind: 'flag', required: false, isDefault: false },
    },
  },
  'msg-defender-threat-intel-host-subdomains-list': {
    arguments: {
      host_id: { kind: 'text', required: false, isDefault: false },
      subdomain_id: { kind: 'text', required: false, isDefault: false },
      odata: { kind: 'text', required: false, isDefault: false },
      limit: { kind: 'count', required: false, isDefault: false },
      all_results: { kind: 'flag', required: false, isDefault: false },
    },
  },
  'msg-defender-threat-intel-host-passive-dns-list': {
    arguments: {
      host_id: { kind: 'text', required: false, isDefault: false },
      passive_dns_record_id: { kind: 'text', required: false, isDefault: false },
      direction: { kind: 'choice', required: false, isDefault: false, choices: ["forward","reverse"] },
      record_type: { kind: 'text', required: false, isDefault: false },
      odata: { kind: 'text', required: false, isDefault: false },
      limit: { kind: 'count', required: false, isDefault: false },
      all_results: { kind: 'flag', required: false, isDefault: false },
    },
  },
  'msg-defender-threat-intel-ssl-certificate-list': {
    arguments: {
      ssl_certificate_id: { kind: 'text', required: false, isDefault: false },
      search_property: { kind: 'choice', required: false, isDefault: false, choices: ["fingerprint","sha1","serialNumber","subject/commonName","subject/alternateNames","subject/organizationName","subject/organizationUnitName","subject/email","subject/givenName","subject/surname","subject/serialNumber","subject/address/street","subject/address/city","subject/address/state","subject/address/postalCode","subject/address/countryOrRegion","issuer/commonName","issuer/alternateNames","issuer/organizationName","issuer/organizationUnitName","issuer/email","issuer/givenName","issuer/surname","issuer/serialNumber","issuer/address/street","issuer/address/city","issuer/address/state","issuer/address/postalCode","issuer/address/countryOrRegion"] },
      search_value: { kind: 'text', required: false, isDefault: false },
      odata: { kind: 'text', required: false, isDefault: false },
      limit: { kind: 'count', required: false, isDefault: false },
      all_results: { kind: 'flag', required: false, isDefault: false },
    },
  },
  'msg-defender-threat-intel-ssl-certificate-related-hosts-list': {
    arguments: {
      ssl_certificate_id: { kind: 'text', required: true, isDefault: false },
      odata: { kind: 'text', required: false, isDefault: false },
      limit: { kind: 'count', required: false, isDefault: false },
      all_results: { kind: 'flag', required: false, isDefault: false },
    },
  },
  'msg-defender-threat-intel-vulnerability': {
    arguments: {
      vulnerability_id: { kind: 'list', required: true, isDefault: false },
      odata: { kind: 'text', required: false, isDefault: false },
    },
  },
  'msg-defender-threat-intel-vulnerability-components-list': {
    arguments: {
      vulnerability_id: { kind: 'text', required: true, isDefault: false },
      vulnerability_component_id: { kind: 'text', required: false, isDefault: false },
      odata: { kind: 'text', required: false, isDefault: false },
      limit: { kind: 'count', required: false, isDefault: false },
      all_results: { kind: 'flag', required: false, isDefault: false },
    },
  },
  'msg-defender-threat-intel-vulnerability-articles-list': {
    arguments: {
      vulnerability_id: { kind: 'text', required: true, isDefault: false },
      odata: { kind: 'text', required: false, isDefault: false },
      limit: { kind: 'count', required: false, isDefault: false },
      all_results: { kind: 'flag', required: false, isDefault: false },
    },
  },
  'msg-defender-threat-intel-whois-search': {
    arguments: {
      search_property: { kind: 'choice', required: true, isDefault: false, choices: ["registrant/name","registrant/organization","registrant/email","registrant/telephone","registrant/fax","registrant/address/street","registrant/address/city","registrant/address/state","registrant/address/postalCode","registrant/address/countryOrRegion","registrar/name","registrar/organization","registrar/email","registrar/telephone","registrar/fax","registrar/address/street","registrar/address/city","registrar/address/state","registrar/address/postalCode","registrar/address/countryOrRegion","abuse/name","abuse/organization","abuse/email","abuse/telephone","abuse/fax","abuse/address/street","abuse/address/city","abuse/address/state","abuse/address/postalCode","abuse/address/countryOrRegion","admin/name","admin/organization","admin/email","admin/telephone","admin/fax","admin/address/street","admin/address/city","admin/address/state","admin/address/postalCode","admin/address/countryOrRegion","billing/name","billing/organization","billing/email","billing/telephone","billing/fax","billing/address/street","billing/address/city","billing/address/state","billing/address/postalCode","billing/address/countryOrRegion","noc/name","noc/organization","noc/email","noc/telephone","noc/fax","noc/address/street","noc/address/city","noc/address/state","noc/address/postalCode","noc/address/countryOrRegion","technical/name","technical/organization","technical/email","technical/telephone","technical/fax","technical/address/street","technical/address/city","technical/address/state","technical/address/postalCode","technical/address/countryOrRegion","zone/name","zone/organization","zone/email","zone/telephone","zone/fax","zone/address/street","zone/address/city","zone/address/state","zone/address/postalCode","zone/address/countryOrRegion","nameservers/host/id"] },
      search_value: { kind: 'text', required: true, isDefault: false },
      odata: { kind: 'text', required: false, isDefault: false },
      limit: { kind: 'count', required: false, isDefault: false },
      all_results: { kind: 'flag', required: false, isDefault: false },
    },
  },
  'msg-defender-threat-intel-host-summary': {
    arguments: {
      host_id: { kind: 'list', required: true, isDefault: true },
      rows: { kind: 'count', required: false, isDefault: false },
    },
  },
  'msg-defender-threat-intel-article-summary': {
    arguments: {
      article_id: { kind: 'text', required: true, isDefault: true },
      rows: { kind: 'count', required: false, isDefault: false },
    },
  },
  'msg-defender-threat-intel-profile-summary': {
    arguments: {
      intel_profile_id: { kind: 'text', required: true, isDefault: true },
      rows: { kind: 'count', required: false, isDefault: false },
    },
  },
  'msg-defender-threat-intel-vulnerability-summary': {
    arguments: {
      vulnerability_id: { kind: 'text', required: true, isDefault: true },
      rows: { kind: 'count', required: false, isDefault: false },
    },
  },
  'msg-defender-threat-intel-expand': {
    arguments: {
      seeds: { kind: 'list', required: true, isDefault: true },
      hops: { kind: 'choice', required: false, isDefault: false, choices: ["1","2","3"] },
      follow: { kind: 'list', required: false, isDefault: false },
      fan_out: { kind: 'count', required: false, isDefault: false },
      max_nodes: { kind: 'count', required: false, isDefault: false },
      max_requests: { kind: 'count', required: false, isDefault: false },
      since: { kind: 'text', required: false, isDefault: false },
      format: { kind: 'choice', required: false, isDefault: false, choices: ["json-graph","graphml","dot","mermaid","stix"] },
    },
  },
  'ip': {
    arguments: {
      ip: { kind: 'list', required: true, isDefault: true },
    },
  },
  'domain': {
    arguments: {
      domain: { kind: 'list', required: true, isDefault: true },
    },
  },
  'cve': {
    arguments: {
      cve: { kind: 'list', required: true, isDefault: true },
    },
  },
};

export const PARAMETER_NAMES: readonly ParameterName[] = [
  'app_id',
  'tenant_id',
  'client_credentials',
  'credentials',
  'creds_certificate',
  'use_managed_identities',
  'managed_identities_client_id',
  'use_ambient_identity',
  'azure_ad_endpoint',
  'graph_endpoint',
  'insecure',
  'proxy',
  'request_timeout',
  'command_timeout',
  'outage_timeout',
  'integrationReliability',
  'create_relationships',
  'max_results',
  'max_text_length',
  'cache_ttl',
  'isFetch',
  'incidentFetchInterval',
  'incidentType',
  'max_fetch',
  'first_fetch',
  'fetch_tags',
  'featured_only',
];
