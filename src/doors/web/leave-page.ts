import { escapeXml as escapeHtml } from './shared/picture';

/** Characters of an address that are shown. */
const LONGEST = 2_000;

/**
 * The page between the War Room and a link that came from Graph: it shows where the link leads, and opens nothing by itself.
 * @returns undefined for an address that is not http or https.
 */
export function leavePage(address: string | null): string | undefined {
  if (address === null || address.length > LONGEST || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  if (url.username !== '' || url.password !== '') return undefined;
  const href = escapeHtml(url.href);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Leave mdti?</title>
<link rel="stylesheet" href="/app.css">
<body class="leave">
<main>
<h1>This link leads to another site</h1>
<p>It came from threat intelligence data. The site may be hostile, and it will see your address.</p>
<p class="host">${escapeHtml(url.hostname)}</p>
<p class="address">${href}</p>
<p><a class="button" rel="noopener noreferrer external" referrerpolicy="no-referrer" href="${href}">Open the site</a></p>
<p>Close this tab to stay.</p>
</main>
</body>
</html>
`;
}
