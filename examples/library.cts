import { readFileSync } from 'node:fs';
import { createPlugin, type Parameters } from 'msg-defender-threat-intel';

const params = JSON.parse(readFileSync(process.argv[2] ?? 'params.json', 'utf8')) as Parameters;

async function main(): Promise<void> {
  const plugin = createPlugin({ params });
  const { entries, errors } = await plugin.execute('msg-defender-threat-intel-article-list', { limit: 3 });
  for (const { code } of errors) throw new Error(code);
  const articles = entries.flatMap((entry) => (entry.Type === 1 ? entry.Contents : []));
  for (const article of articles) console.log(article?.title);
}

void main();
