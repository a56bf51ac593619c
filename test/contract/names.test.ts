import manifest from '../../src/manifest/generated/manifest.json';
import { dataCommands } from './commands';

/** What playbooks out there are written against: it may grow, and never changes. */
const PROMISED = [
  ['article-list', 'Article', ['article_id', 'limit', 'odata']],
  ['article-indicators-list', 'ArticleIndicator', ['article_id', 'article_indicator_id', 'limit', 'odata']],
  ['profile-list', 'Profile', ['intel_profile_id', 'limit', 'odata']],
  [
    'profile-indicators-list',
    'ProfileIndicator',
    ['intel_profile_id', 'intel_profile_indicator_id', 'limit', 'odata'],
  ],
  ['host', 'Host', ['host_id', 'odata']],
  ['host-whois', 'Whois', ['host_id', 'whois_record_id', 'limit', 'odata']],
  ['host-whois-history', 'WhoisHistory', ['host_id', 'whois_record_id', 'limit', 'odata']],
  ['host-reputation', 'HostReputation', ['host_id', 'odata']],
] as const;

const PROMISED_PARAMETERS = [
  ['app_id', 0],
  ['tenant_id', 0],
  ['credentials', 9],
  ['creds_certificate', 9],
  ['use_managed_identities', 8],
  ['managed_identities_client_id', 9],
  ['azure_ad_endpoint', 15],
  ['incidentType', 13],
  ['client_credentials', 8],
  ['insecure', 8],
  ['proxy', 8],
] as const;

test.each(PROMISED)('%s keeps its context path and its arguments', (name, context, argumentNames) => {
  const command = dataCommands.find((one) => one.name === `msg-defender-threat-intel-${name}`);
  expect(command?.context).toBe(context);
  expect(command?.argumentNames).toEqual(expect.arrayContaining([...argumentNames]));
});

test.each(['auth-start', 'auth-complete', 'auth-test', 'auth-reset'])('%s takes no arguments', (name) => {
  const command = manifest.script.commands.find((one) => one.name === `msg-defender-threat-intel-${name}`);
  expect(command?.arguments).toEqual([]);
});

test.each(PROMISED_PARAMETERS)('the parameter %s is of type %d and optional', (name, type) => {
  expect(manifest.configuration.find((one) => one.name === name)).toMatchObject({ type, required: false });
});
