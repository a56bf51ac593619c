import { shownCode, verificationPage } from '../../src/auth/verification-page';

const AUTHORITY = 'https://login.microsoftonline.com';

test.each([
  'https://microsoft.com/devicelogin',
  'https://www.microsoft.com/link',
  'https://login.microsoft.com/device',
  'https://login.microsoftonline.us/device',
])('%s is shown as a link', (uri) => {
  expect(verificationPage(uri, AUTHORITY)).toEqual({ text: uri, trusted: true });
});

test('the configured login origin is trusted', () => {
  const uri = 'https://localhost:8443/devicelogin';
  expect(verificationPage(uri, 'https://localhost:8443').trusted).toBe(true);
  expect(verificationPage(uri, AUTHORITY).trusted).toBe(false);
});

test.each([
  ['http://microsoft.com/devicelogin', 'hxxp://microsoft[.]com/devicelogin'],
  ['https://microsoft.com.evil.example/', 'hxxps://microsoft[.]com[.]evil[.]example/'],
  ['https://notmicrosoft.com/', 'hxxps://notmicrosoft[.]com/'],
  ['https://microsoft.com@evil.example/', 'hxxps://microsoft[.]com@evil[.]example/'],
  ['https://microsoft.com:8443/', 'hxxps://microsoft[.]com:8443/'],
  ['javascript:alert(1)', 'javascript:alert1'],
  ['[click](https://evil.example)', '[click]https://evil[.]example'],
  ['https://evil.example/\nx-**bold**', 'hxxps://evil[.]example/x-bold'],
])('%j is shown as text', (uri, text) => {
  expect(verificationPage(uri, AUTHORITY)).toEqual({ text, trusted: false });
});

test('a code consists of letters, digits and hyphens', () => {
  expect(shownCode('ABCD-1234')).toBe('ABCD-1234');
  expect(shownCode('**A**](https://evil.example)\u202e')).toBe('Ahttpsevilexample');
});
