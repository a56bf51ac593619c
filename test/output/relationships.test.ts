import { readConfig } from '../../src/config/config';
import { hostEntity } from '../../src/investigation/entities';
import type { Entity } from '../../src/investigation/graph';
import { limitRelationships, withRelationships } from '../../src/output/relationships/add-relationships';
import { endOf } from '../../src/output/relationships/relationship';
import { passiveDns } from '../../src/output/relationships/relationship-rules';
import { textEntry } from '../../src/xsoar/entry';
import { contextRelationship, type Relationship, wireRelationship } from '../../src/xsoar/relationship';

const NOW = Date.parse('2025-06-30T00:00:00Z');
const config = readConfig({});

const one: Relationship = {
  a: { value: 'contoso.com', type: 'Domain' },
  name: 'resolves-to',
  b: { value: '192.0.2.1', type: 'IP' },
};

function many(count: number): Relationship[] {
  return Array.from({ length: count }, (_, index) => ({
    ...one,
    b: { value: `192.0.2.${index}`, type: 'IP' },
  }));
}

test('on the wire a relationship is what the platform reads', () => {
  expect(JSON.stringify(wireRelationship(one, 'A - Completely reliable'))).toBe(
    '{"name":"resolves-to","reverseName":"resolved-from","type":"IndicatorToIndicator","entityA":"contoso.com",' +
      '"entityAFamily":"Indicator","entityAType":"Domain","entityB":"192.0.2.1","entityBFamily":"Indicator",' +
      '"entityBType":"IP","fields":{},"reliability":"A - Completely reliable","brand":"MicrosoftDefenderThreatIntelligence"}',
  );
});

test('in context a relationship is what playbooks read', () => {
  expect(JSON.stringify(contextRelationship(one))).toBe(
    '{"Relationship":"resolves-to","EntityA":"contoso.com","EntityAType":"Domain","EntityB":"192.0.2.1","EntityBType":"IP"}',
  );
});

test.each([
  ['2025-05-31T00:00:00Z', 1],
  ['2025-05-30T23:59:59Z', 0],
  [null, 0],
  ['some day', 0],
])('a record that was last seen at %p gives %i', (lastSeenDateTime, count) => {
  const record = { parentHost: { id: 'contoso.com' }, artifact: { id: '192.0.2.1' }, lastSeenDateTime };
  expect(passiveDns(record, { of: 'contoso.com', now: NOW })).toHaveLength(count);
});

test.each([
  ['contoso.com', 'Domain'],
  ['192.0.2.1', 'IP'],
  ['2001:db8::1', 'IPv6'],
])('%s is a %s', (id, type) => {
  expect(endOf(hostEntity({ id }) as Entity)).toEqual({ value: id, type });
});

test('one entry has up to a hundred, each once, and names the omitted ones', () => {
  const entry = withRelationships(textEntry('Found.'), [...many(134), ...many(20)], config);
  expect(entry.Relationships).toEqual(many(100).map((each) => wireRelationship(each, config.reliability)));
  expect(entry.HumanReadable).toBe('Found.\n\nRelationships: the first 100 of 134.');
  expect(withRelationships(textEntry('Found.'), many(100), config).HumanReadable).toBe('Found.');
});

test('the parameter create_relationships turns them off', () => {
  const off = readConfig({ create_relationships: 'false' });
  expect(withRelationships(textEntry('Found.'), many(3), off)).toEqual(textEntry('Found.'));
  expect(limitRelationships(many(3), off)).toEqual({ kept: [], left: 0 });
});
