import {
  derives,
  memberOf,
  navigationOf,
  propertiesOf,
  qualified,
  ROOT,
  typeNamed,
} from '../../src/model/model';

test('a type has what its base types have, first, and its own', () => {
  const names = Object.keys(propertiesOf('hostname'));
  expect(names).toEqual(['id', 'firstSeenDateTime', 'lastSeenDateTime', 'registrar', 'registrant']);
  expect(Object.keys(navigationOf('hostname'))).toContain('reputation');
  expect(Object.keys(navigationOf(ROOT))).toContain('articles');
});

test('a type that is not in the model has no properties', () => {
  for (const name of ['Edm.String', 'constructor', 'toString'])
    expect([typeNamed(name), propertiesOf(name), navigationOf(name)]).toEqual([undefined, {}, {}]);
});

test.each([
  ['hostname', 'hostname', true],
  ['hostname', 'host', true],
  ['hostname', 'artifact', true],
  ['host', 'hostname', false],
  ['hostname', 'article', false],
  ['Edm.String', 'host', false],
])('%s is a %s: %p', (name, from, expected) => {
  expect(derives(name, from)).toBe(expected);
});

test.each([
  ['host', 'registrar', 'Edm.String'],
  ['host', 'reputation', 'hostReputation'],
  ['hostname', 'id', 'Edm.String'],
  ['host', 'toString', undefined],
  ['article', 'registrar', undefined],
])('%s has %s', (type, member, expected) => {
  expect(memberOf(type, member)?.type).toBe(expected);
});

test.each([
  ['entity', 'microsoft.graph.entity'],
  ['physicalAddress', 'microsoft.graph.physicalAddress'],
  ['host', 'microsoft.graph.security.host'],
  ['Edm.String', 'Edm.String'],
])('Graph calls %s %s', (name, full) => {
  expect(qualified(name)).toBe(full);
});
