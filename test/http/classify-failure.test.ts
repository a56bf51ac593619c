import { classifyFailure } from '../../src/http/classify-failure';

test.each([
  ['EMFILE', 'this process has reached its limit of open files'],
  ['ENFILE', 'this machine has reached its limit of open files'],
])('%s is named as what it is, not as a reset connection', (code, reason) => {
  const cause = Object.assign(new Error(`connect ${code} 192.0.2.1:443`), { code });
  const failure = classifyFailure(new Error('axios', { cause }), 'https://graph.microsoft.com');
  expect([failure.fault, failure.reason]).toEqual(['open-files', reason]);
});
