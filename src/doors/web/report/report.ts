import { userInfo } from 'node:os';
import { sanitizeMultiline } from '../../../base/sanitize';
import { isErrorEntry } from '../../../xsoar/entry';
import type { Investigation } from '../../war-room/investigation';
import { deriveGraph } from '../graph/derive';
import { detailsOf } from '../graph/details';
import type { Mask } from '../mask-values';
import { drawPicture, escapeXml, type Point, ringPositions } from '../shared/picture';
import { VERDICTS, type WebGraph } from '../shared/protocol';
import { SIGNS, SYMBOLS } from '../shared/symbols';
import { blocksToHtml, REPORT_STYLE } from './html';

/** Maximum number of indicators in the list of verdicts. */
const MAX_VERDICTS = 1_000;

/** Nodes that the picture draws. */
const MAX_DRAWN = 500;

/** Characters of one line's result in the report. */
const MAX_RESULT = 200_000;

interface ReportOptions {
  readonly name: string;
  readonly target: 'tenant' | 'sandbox';
  readonly markdown: boolean;
  readonly now: number;
  readonly mask: Mask;
  /** The positions of the nodes on the page; hidden nodes are missing. */
  readonly positions?: ReadonlyMap<string, Point>;
}

interface Verdict {
  readonly name: string;
  readonly kind: string;
  readonly verdict: string;
  readonly score: string;
  readonly reasons: readonly string[];
}

/** The investigation for users who were not there: one HTML file without scripts, or markdown. */
export function reportOf(investigation: Investigation, options: ReportOptions): string {
  return options.markdown ? markdownReport(investigation, options) : htmlReport(investigation, options);
}

function markdownReport(investigation: Investigation, options: ReportOptions): string {
  const verdicts = verdictsOf(investigation);
  const rows = verdicts.map(
    ({ name, kind, verdict, score, reasons }) =>
      `| ${[name, kind, verdict, score, reasons.join('; ')].map(cell).join(' | ')} |`,
  );
  return [
    `# Investigation ${options.name}`,
    '',
    ...headLines(investigation, options).map(([name, value]) => `- ${name}: ${value}`),
    '',
    '## Verdicts',
    '',
    ...(rows.length === 0
      ? ['No verdicts.']
      : ['| Indicator | Kind | Verdict | Score | Reasons |', '| --- | --- | --- | --- | --- |', ...rows]),
    '',
    '## Commands',
    ...investigation.happened.flatMap(({ at, line, entries }) => [
      '',
      `### ${clock(at)} \`${line.replaceAll('`', "'")}\``,
      '',
      ...entries.map((entry) => resultText(entry, options.mask)),
    ]),
    '',
  ].join('\n');
}

function htmlReport(investigation: Investigation, options: ReportOptions): string {
  const graph = deriveGraph(investigation.context);
  const title = escapeXml(`Investigation ${options.name}`);
  const head = headLines(investigation, options).map(
    ([name, value]) => `<dt>${escapeXml(name)}</dt><dd>${escapeXml(value)}</dd>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${title}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<dl class="head">${head.join('')}</dl>
<h2>Verdicts</h2>
${verdictTable(verdictsOf(investigation))}
<h2>Picture</h2>
${picture(graph, options.positions)}
<h2>Commands</h2>
${investigation.happened.map((line) => lineSection(line, options.mask)).join('\n')}
</main>
</body>
</html>
`;
}

function headLines({ happened }: Investigation, { name, target, now }: ReportOptions): [string, string][] {
  return [
    ['Investigation', name],
    ['By', userName()],
    ['Data', target === 'sandbox' ? 'sandbox (invented data)' : 'Microsoft Defender Threat Intelligence'],
    ['From', clock(happened[0]?.at ?? new Date(now).toISOString())],
    ['To', clock(happened.at(-1)?.at ?? new Date(now).toISOString())],
    ['Written', clock(new Date(now).toISOString())],
  ];
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}

function verdictsOf({ context }: Investigation): Verdict[] {
  const graph = deriveGraph(context);
  return VERDICTS.flatMap((verdict) =>
    graph.nodes.filter((node) => node.verdict === verdict).map((node) => ({ node, verdict })),
  )
    .slice(0, MAX_VERDICTS)
    .map(({ node, verdict }) => ({
      name: node.value,
      kind: SYMBOLS[node.kind].name,
      verdict: `${SIGNS[verdict].sign} ${verdict}`,
      score: node.score === undefined ? '' : String(node.score),
      reasons: detailsOf(node.id, graph, context)?.reasons ?? [],
    }));
}

function verdictTable(verdicts: readonly Verdict[]): string {
  if (verdicts.length === 0) return '<p>No verdicts.</p>';
  const rows = verdicts.map(({ name, kind, verdict, score, reasons }) => {
    const cells = [name, kind, verdict, score].map((text) => `<td>${escapeXml(text)}</td>`).join('');
    const list = reasons.map((text) => `<li>${escapeXml(text)}</li>`).join('');
    return `<tr class="${escapeXml(verdict.slice(2))}">${cells}<td>${list === '' ? '' : `<ul>${list}</ul>`}</td></tr>`;
  });
  return `<p>Verdicts and scores are those of Microsoft Defender Threat Intelligence.</p>
<div class="scroll"><table><thead><tr><th>Indicator</th><th>Kind</th><th>Verdict</th><th>Score</th><th>Reasons</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function picture({ nodes, edges }: WebGraph, positions?: ReadonlyMap<string, Point>): string {
  if (nodes.length === 0) return '<p>Nothing to draw.</p>';
  const drawn = nodes.filter(({ id }) => positions === undefined || positions.has(id)).slice(0, MAX_DRAWN);
  const note =
    drawn.length < nodes.length ? `<p>${drawn.length} of ${nodes.length} nodes are drawn.</p>` : '';
  return `<div class="picture">${drawPicture(drawn, edges, positions ?? ringPositions(drawn))}</div>${note}`;
}

function lineSection({ at, line, entries }: Investigation['happened'][number], mask: Mask): string {
  const results = entries.map((entry) => {
    const html = blocksToHtml(resultText(entry, mask));
    return isErrorEntry(entry) ? `<div class="error">${html}</div>` : html;
  });
  return `<section><h3><time>${escapeXml(clock(at))}</time> <code>${escapeXml(sanitizeMultiline(line))}</code></h3>${results.join('')}</section>`;
}

function resultText(entry: Investigation['happened'][number]['entries'][number], mask: Mask): string {
  const text = entry.HumanReadable ?? (typeof entry.Contents === 'string' ? entry.Contents : '');
  const cut = text.length > MAX_RESULT ? `${text.slice(0, MAX_RESULT)}…` : text;
  return sanitizeMultiline(isErrorEntry(entry) ? mask(cut) : cut);
}

/** `2026-01-31 14:05 UTC` */
function clock(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
}

function cell(text: string): string {
  return text.replace(/[\\|*_`<[\]]/g, '\\$&').replace(/\s+/g, ' ');
}
