// Generated from integration.yml by `npm run generate`; edit those, not this file.

import type { CommandName } from './types';

/** What a command's argument may hold, and whether it takes the value that was typed without a name. */
export interface ArgumentSpec {
  readonly kind: 'text' | 'list' | 'count' | 'flag' | 'choice';
  readonly required: boolean;
  readonly isDefault: boolean;
  readonly choices?: readonly string[];
}

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
