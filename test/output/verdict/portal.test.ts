import { externalLink, linkedArticle, linkedRecord } from '../../../src/investigation/portal-link';

const ARTICLE = '!msg-defender-threat-intel-article-list article_id=831b70a4';
const PROFILE = '!msg-defender-threat-intel-profile-list intel_profile_id=9b01de37';
const CVE = '!msg-defender-threat-intel-vulnerability vulnerability_id=CVE-2021-44228';

test.each([
  ['https://ti.defender.microsoft.com/article/831b70a4', ARTICLE],
  ['https://ti.defender.microsoft.com/articles/831b70a4/', ARTICLE],
  ['https://security.microsoft.com/intel-explorer/articles/831b70a4', ARTICLE],
  ['https://ti.defender.microsoft.com/profiles/9b01de37', PROFILE],
  ['https://ti.defender.microsoft.com/profile/9b01de37/', PROFILE],
  ['https://security.microsoft.com/intel-profiles/9b01de37', PROFILE],
  ['https://ti.defender.microsoft.com/cves/CVE-2021-44228', CVE],
  ['https://ti.defender.microsoft.com/cve/CVE-2021-44228', CVE],
  ['https://security.microsoft.com/intel-explorer/cves/CVE-2021-44228', CVE],
])('%s is replaced by the command that reads the record', (link, command) => {
  expect(linkedRecord(link)?.command).toBe(command);
  expect(externalLink(link)).toBeUndefined();
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
])('%p is neither a record nor a working link', (link) => {
  expect(linkedRecord(link)).toBeUndefined();
  expect(externalLink(link)).toBeUndefined();
});

test('a link to another site stays, safe for markdown', () => {
  expect(externalLink('https://example.org/a(b)|c')).toBe('https://example.org/a%28b%29%7cc');
});

test('only articles are linked articles', () => {
  expect(linkedArticle('https://ti.defender.microsoft.com/article/831b70a4')).toBe('831b70a4');
  expect(linkedArticle('https://ti.defender.microsoft.com/profiles/831b70a4')).toBeUndefined();
  expect(linkedArticle('https://example.org/article/831b70a4')).toBeUndefined();
  expect(linkedArticle(null)).toBeUndefined();
});
