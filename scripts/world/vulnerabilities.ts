import { base64, chance, hex } from './random';
import { annotated } from './text';

/** Numbers of the year 2099, which will not be given out for a while. */
const CVES = [
  ['CVE-2099-10001', 'critical', 10, 100],
  ['CVE-2099-10002', 'high', 8.1, 74],
  ['CVE-2099-10003', 'medium', 5.4, 31],
  ['CVE-2099-10004', 'low', 3.1, 9],
  ['CVE-2099-10005', 'none', 0, 0],
] as const;

const FLAWS = [
  'lets anyone who can send a request run code as the service',
  'accepts tokens whose signature was never checked',
  'writes log lines that a terminal obeys',
  'answers with the contents of files beside the one asked for',
  'says how long a password comparison took',
] as const;

export function vulnerabilities() {
  return CVES.map(([id, severity, score, priority], index) => {
    const luck = chance(`vulnerability ${id}`);
    const created = luck.moment('2024-02-01T00:00:00Z', 200);
    return {
      '@odata.type': '#microsoft.graph.security.vulnerability',
      id,
      createdDateTime: created,
      lastModifiedDateTime: luck.moment(created, 100),
      publishedDateTime: luck.moment(created, 10),
      description: annotated(`Example Gateway before 4.${index + 2} ${FLAWS[index]}.`),
      remediation:
        index === 4
          ? null
          : annotated(
              `##### Upgrade Example Gateway to 4.${index + 2}\r\nUntil then, close the management port.`,
            ),
      priorityScore: priority,
      severity,
      commonWeaknessEnumerationIds: index === 4 ? [] : ['CWE-20', `CWE-${400 + index}`],
      cvss2Summary: cvss(
        score * 0.9,
        severity === 'critical' ? 'high' : severity,
        'AV:N/AC:M/Au:N/C:C/I:C/A:C',
      ),
      cvss3Summary: cvss(
        score,
        index === 3 ? null : severity,
        index === 3 ? null : 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H',
      ),
      hasChatter: index < 3,
      exploitsAvailable: index < 2,
      activeExploitsObserved: index === 0,
      exploits:
        index === 0
          ? [link('Proof of concept | by `Robin`', 'https://exploits.example.org/10001')]
          : index === 4
            ? null
            : [],
      references:
        index === 4 ? [] : [link(`Vendor’s advisory on ${id}`, `https://advisories.example.org/${id}`)],
      components: components(id, index),
      articles: Array.from({ length: index === 0 ? 3 : index % 2 }, (_, row) => ({
        id: hex(`article ${20 + index * 5 + row}`, 8),
      })),
    };
  });
}

function cvss(score: number, severity: string | null, vectorString: string | null) {
  return {
    '@odata.type': 'microsoft.graph.security.cvssSummary',
    score: Math.round(score * 10) / 10,
    severity,
    vectorString,
  };
}

function link(name: string, url: string) {
  return { '@odata.type': 'microsoft.graph.security.hyperlink', name, url };
}

function components(id: string, index: number) {
  const count = index === 0 ? 120 : index === 4 ? 0 : 2;
  return Array.from({ length: count }, (_, row) => ({
    '@odata.type': '#microsoft.graph.security.vulnerabilityComponent',
    id: base64(id, `Example Gateway 3.${row}`),
    name: `Example Gateway 3.${row}`,
  }));
}
