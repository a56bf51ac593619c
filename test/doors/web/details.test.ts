import { deriveGraph } from '../../../src/doors/web/graph/derive';
import { detailsOf } from '../../../src/doors/web/graph/details';

test.each([
  ['a SHA-1 hash in capitals', { sha1: 'AB'.repeat(20) }, 'ab'.repeat(20)],
  ['a fingerprint alone', { fingerprint: 'Ab:Cd' }, 'Ab:Cd'],
])('a certificate with %s has facts, and its host links to it', (_, hash, value) => {
  const sslCertificate = { ...hash, serialNumber: '42' };
  const context = {
    MSGDefenderThreatIntel: { HostSslCertificate: [{ hostId: 'contoso.com', sslCertificate }] },
  };
  const graph = deriveGraph(context);
  const id = `certificate:${value}`;
  expect(detailsOf(id, graph, context)?.facts).toContainEqual({ name: 'Serial number', value: '42' });
  expect(detailsOf('domain:contoso.com', graph, context)?.certificates).toEqual([{ label: value, node: id }]);
});
