import { readFileSync } from 'node:fs';
import { createPlugin } from 'msg-defender-threat-intel';

const params = JSON.parse(readFileSync(process.argv[2] ?? 'params.json', 'utf8'));
const plugin = createPlugin({ params });
const { entries } = await plugin.execute('msg-defender-threat-intel-host-reputation', {
  host_id: 'contoso.com',
});
for (const entry of entries) {
  if (entry.Type === 4) throw new Error(entry.Contents);
  const reputations = [entry.Contents].flat();
  console.log(
    reputations.map((reputation) => `${reputation?.classification} ${reputation?.score}`).join('\n'),
  );
}
