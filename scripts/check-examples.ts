import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';

const EXAMPLES = join(__dirname, '../examples');

interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
}

type Model = new (value: object) => { validate(): void };

/** Checks the Kubernetes files against the schemas of Kubernetes, and the queries of alerts and dashboard against our metrics. */
async function main(): Promise<void> {
  const findings = [...(await kubernetesFindings()), ...metricFindings()];
  for (const finding of findings) console.error(finding);
  console.log(`${findings.length} findings (examples)`);
  if (findings.length > 0) process.exitCode = 1;
}

async function kubernetesFindings(): Promise<string[]> {
  const file = 'kubernetes/worker.yaml';
  const documents = parseAllDocuments(readFileSync(join(EXAMPLES, file), 'utf8'));
  const findings: string[] = [];
  for (const document of documents) {
    const object = document.toJS() as KubernetesObject;
    const models = (await import(`kubernetes-models/${object.apiVersion}`)) as Record<string, Model>;
    const Kind = models[object.kind];
    try {
      if (Kind === undefined) throw new Error('the API has no such kind');
      new Kind(object).validate();
    } catch (error) {
      findings.push(`${file}: ${object.kind}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return findings;
}

/** A query that names a metric that is never counted would show an empty panel, or never alert. */
function metricFindings(): string[] {
  const source = readFileSync(join(__dirname, '../src/metrics/metrics.ts'), 'utf8');
  const counted = new Set([...source.matchAll(/name: '(mdti_\w+)'/g)].map(([, name]) => name));
  const queries = ['alerts.yml', 'grafana-dashboard.json'].flatMap((file) => {
    const text = readFileSync(join(EXAMPLES, file), 'utf8');
    const names = JSON.stringify(parse(text)).match(/\bmdti_\w+/g) ?? [];
    return names.map((name) => [file, name.replace(/_(bucket|sum|count)$/, '')] as const);
  });
  return queries.flatMap(([file, name]) =>
    counted.has(name) ? [] : [`${file}: no metric has the name ${name}`],
  );
}

void main();
