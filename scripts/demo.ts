import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const MDTI = join(__dirname, '..', 'dist', 'mdti.cjs');
const P = '!msg-defender-threat-intel-';

/** An analyst's way from a suspicious name to who is behind it: the eight data commands, in the order one would type them. */
const TOUR: readonly [question: string, line: string][] = [
  [
    'A user clicked a link to this name. What does Microsoft know about it?',
    `${P}host host_id=hxxps://login-update[.]example/signin`,
  ],
  [
    'Is it bad, and how do you know?',
    `${P}host-reputation host_id="login-update.example, contoso.com, 2001:db8::1, nobody.example"`,
  ],
  ['Who registered it?', `${P}host-whois host_id=login-update.example`],
  ['Who had it before?', `${P}host-whois-history host_id=contoso.com limit=3`],
  [
    'What has Microsoft written about invoices lately?',
    `${P}article-list search=invoice limit=3 odata="$orderby=lastUpdatedDateTime desc&$count=true"`,
  ],
  ['Which observables does an article name?', `${P}article-indicators-list article_id=17acf3b9 limit=5`],
  ['Which actors are known?', `${P}profile-list limit=3 odata="$orderby=title"`],
  [
    'And what do they use?',
    `${P}profile-indicators-list intel_profile_id=0f2c5913952b715f279d6610041605dd5f2f1550d704c68fee3b51fab9ca8bfe limit=4`,
  ],
];

for (const [question, line] of TOUR) {
  console.log(`\n# ${question}\n$ mdti '${line}' --sandbox\n`);
  const { status } = spawnSync(process.execPath, [MDTI, line, '--sandbox'], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
