import { typed, worldWith } from './world';

const MINUTE = 60_000;

/** The name that the long list belongs to. */
export const LISTED = 'listed.example';

/**
 * The sandbox's world, in a separate folder, with a name that was seen at a number of addresses: one passive DNS record a
 * minute, newest first, about half a kilobyte each.
 */
export function largeWorld(rows: number): string {
  const passiveDns = Array.from({ length: rows }, (_, row) => record(row));
  return worldWith([{ ...typed('hostname'), id: LISTED, passiveDns }]);
}

function record(row: number): object {
  const address = `2001:db8::${(row >> 16).toString(16)}:${(row & 0xffff).toString(16)}`;
  const seen = new Date(Date.UTC(2025, 0, 1) - row * MINUTE).toISOString();
  return {
    ...typed('passiveDnsRecord'),
    id: Buffer.from(`${LISTED}$$${address}$$AAAA$$forward`).toString('base64'),
    firstSeenDateTime: '2016-07-21T19:59:49.659Z',
    lastSeenDateTime: seen,
    collectedDateTime: seen,
    recordType: 'AAAA',
    parentHost: { ...typed('hostname'), id: LISTED },
    artifact: { ...typed('ipAddress'), id: address },
  };
}
