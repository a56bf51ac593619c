import { linkedArticle, portalLink } from '../../../src/investigation/portal-link';

test.each([
  [
    'https://ti.defender.microsoft.com/article/831b70a4',
    'https://security.microsoft.com/intel-explorer/articles/831b70a4',
  ],
  [
    'https://ti.defender.microsoft.com/articles/831b70a4/',
    'https://security.microsoft.com/intel-explorer/articles/831b70a4',
  ],
  [
    'https://ti.defender.microsoft.com/profiles/9b01de37',
    'https://security.microsoft.com/intel-profiles/9b01de37',
  ],
  [
    'https://ti.defender.microsoft.com/cves/CVE-2021-44228',
    'https://security.microsoft.com/intel-explorer/cves/CVE-2021-44228',
  ],
  [
    'https://ti.defender.microsoft.com/profile/9b01de37/',
    'https://security.microsoft.com/intel-profiles/9b01de37',
  ],
  [
    'https://ti.defender.microsoft.com/cve/CVE-2021-44228',
    'https://security.microsoft.com/intel-explorer/cves/CVE-2021-44228',
  ],
  ['https://example.org/a(b)|c', 'https://example.org/a%28b%29%7cc'],
])('%s leads to %s', (link, living) => {
  expect(portalLink(link)).toBe(living);
});

test.each([
  'https://ti.defender.microsoft.com/search?query=192.0.2.1',
  'https://ti.defender.microsoft.com/article/../x',
  ...['articles/831b70a4', 'profiles/9b01de37', 'cves/CVE-2021-44228'].flatMap((page) => [
    `https://ti.defender.microsoft.com/de/${page}`,
    `https://ti.defender.microsoft.com/${page}/more`,
  ]),
  'http://example.org/',
  'javascript:alert(1)',
  'not a link',
  null,
  7,
  ['https://example.org/'],
])('%p leads nowhere', (link) => {
  expect(portalLink(link)).toBeUndefined();
});

test('an article is distinguished from other pages of the closed portal', () => {
  expect(linkedArticle('https://ti.defender.microsoft.com/article/831b70a4')).toBe('831b70a4');
  expect(linkedArticle('https://ti.defender.microsoft.com/profiles/831b70a4')).toBeUndefined();
  expect(linkedArticle('https://example.org/article/831b70a4')).toBeUndefined();
  expect(linkedArticle(null)).toBeUndefined();
});
