import { indicatorCommands as commands } from '../../../src/commands/indicator';
import { contextKey, standardKey } from '../../../src/xsoar/context-keys';
import { DBOT_SCORE_KEY } from '../../../src/xsoar/dbot-score';
import { readCase } from '../../support/case';

test.each([
  ['ip', 'IP(val.Address && val.Address == obj.Address)'],
  ['domain', 'Domain(val.Name && val.Name == obj.Name)'],
  ['cve', 'CVE(val.ID && val.ID == obj.ID)'],
] as const)('%s writes to the key that the platform documents', (name, key) => {
  const { standard } = commands[name];
  expect(standardKey(standard.name, standard.key)).toBe(key);
});

test('a score has the key that the platform documents', () => {
  expect(DBOT_SCORE_KEY).toBe(
    'DBotScore(val.Indicator && val.Indicator == obj.Indicator && val.Vendor == obj.Vendor && val.Type == obj.Type)',
  );
  expect(contextKey('Host')).toBe('MSGDefenderThreatIntel.Host(val.id && val.id == obj.id)');
});

test.each([
  [
    'ip',
    'malicious-rated',
    '{"Indicator":"192.0.2.1","Type":"ip","Vendor":"MicrosoftDefenderThreatIntelligence","Score":3,"Reliability":"B - Usually reliable"}',
  ],
  [
    'domain',
    'suspicious-rated',
    '{"Indicator":"cdn-static.example","Type":"domain","Vendor":"MicrosoftDefenderThreatIntelligence","Score":2,"Reliability":"B - Usually reliable"}',
  ],
  [
    'cve',
    'never-seen-rated',
    '{"Indicator":"CVE-2099-0001","Type":"cve","Vendor":"MicrosoftDefenderThreatIntelligence","Score":0,"Reliability":"B - Usually reliable","Message":"No results found."}',
  ],
] as const)('the score of %s, %s, as text', (command, name, score) => {
  const [entry] = readCase(command, name).expect.entries;
  expect(JSON.stringify(entry?.context?.[DBOT_SCORE_KEY])).toBe(score);
});
