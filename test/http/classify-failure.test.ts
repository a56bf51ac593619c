import { classifyFailure } from '../../src/http/classify-failure';
import { ProxyFailure } from '../../src/http/tunnel';

test.each([
  ['EMFILE', 'this process has reached its limit of open files'],
  ['ENFILE', 'this machine has reached its limit of open files'],
])('%s is named as what it is, not as a reset connection', (code, reason) => {
  const cause = Object.assign(new Error(`connect ${code} 192.0.2.1:443`), { code });
  const failure = classifyFailure(new Error('axios', { cause }), 'https://graph.microsoft.com');
  expect([failure.fault, failure.reason]).toEqual(['open-files', reason]);
});

test('headers of a proxy that are too large are not a response that is too large', () => {
  const cause = Object.assign(new Error('Parse Error'), { code: 'HPE_HEADER_OVERFLOW' });
  const failure = classifyFailure(
    new ProxyFailure('http://proxy.contoso.com:8080', undefined, cause),
    'https://graph.microsoft.com',
  );
  expect([failure.fault, failure.reason]).toEqual([
    'proxy',
    'the proxy http://proxy.contoso.com:8080 cannot be used, its headers were larger than 16 KiB',
  ]);
});

test.each([
  ['timeout', 'no response arrived in time through the proxy http://proxy.contoso.com:8080'],
  ['cancelled', 'the command was cancelled'],
] as const)('a proxy between is named for a %s where it may be the reason', (fault, reason) => {
  const failure = classifyFailure(
    new Error('aborted'),
    'https://graph.microsoft.com',
    fault,
    'http://proxy.contoso.com:8080',
  );
  expect([failure.fault, failure.reason]).toEqual([fault, reason]);
});
