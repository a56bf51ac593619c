import { readFileSync } from 'node:fs';
import { createPlugin } from 'msg-defender-threat-intel';

const params = JSON.parse(readFileSync(process.argv[2] ?? 'params.json', 'utf8'));
const plugin = createPlugin({ params });
const hosts = { host_id: ['contoso.com', 'example.org'] };
const { entries } = await plugin.execute('msg-defender-threat-intel-host-reputation', hosts);
for (const entry of entries) {
  if (entry.Type === 4) throw new Error(entry.Contents);
  for (const reputation of [entry.Contents].flat())
    console.log(reputation?.classification, reputation?.score);
}
