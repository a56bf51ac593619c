import { readFileSync } from 'node:fs';
import { createClient } from 'msg-defender-threat-intel';

const params = JSON.parse(readFileSync(process.argv[2] ?? 'params.json', 'utf8'));
const client = createClient({ params });
const { hostReputations, notFound } = await client.run('host-reputation', {
  host_id: ['contoso.com', 'example.org', 'unknown.example'],
});
for (const { hostId, classification, score } of hostReputations) console.log(hostId, classification, score);
for (const host of notFound) console.log(host, 'not found');
