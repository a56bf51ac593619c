import { createHash } from 'node:crypto';
import { diskCache } from '../src/cache/disk-cache';

/** A process that writes responses until it is killed: `cache-writer FOLDER`. It says when it has started. */
const DAY = 24 * 3_600_000;

export function keyOf(at: number): string {
  return `https://graph.example tenant host${at}.example`;
}

/** The response to a key follows from the key, and its length differs from the others. */
export function responseTo(key: string): string {
  const digest = createHash('sha256').update(key).digest('hex');
  return JSON.stringify({ key, text: digest.repeat(1 + (digest.charCodeAt(0) % 32)) });
}

async function main(folder: string): Promise<void> {
  const cache = diskCache({ folder, log: () => {} });
  for (let round = 0; ; round++) {
    const now = Date.now();
    const places = Array.from({ length: 20 }, (_, at) => (round * 20 + at) % 2_000);
    const responses = places.map((at) => {
      const key = keyOf(at);
      return [key, { json: responseTo(key), requestedAt: now, expiresAt: now + DAY }] as const;
    });
    await cache.setMany(responses);
    if (round === 0) process.send?.('writing');
    await new Promise((later) => setImmediate(later));
  }
}

const [, script, folder] = process.argv;
if (script?.endsWith('cache-writer.ts') && folder !== undefined) void main(folder);
