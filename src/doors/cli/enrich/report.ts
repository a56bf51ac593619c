import { formatCount } from '../../../base/sanitize';
import type { EnrichedRow } from '../../../enrich/row';
import { markdownCell } from '../../../output/cell';
import { render, type Screen } from '../terminal';
import { verdictWord } from '../verdict-lines';

/** Verdicts in the order of the table; a CVE has a severity instead. */
const VERDICTS = ['malicious', 'critical', 'suspicious', 'high', 'medium', 'neutral', 'low', 'unknown'];

/** Observables that a verdict names, the highest scores first, and inputs that a reason names. */
const EXAMPLES = 5;

/** Distinct reasons that are counted; the others are counted together. */
const REASONS = 20;

/** Counts of rows by verdict and of refused rows by reason, for a user who waits for the end of a list. */
export interface Report {
  add(rows: readonly EnrichedRow[]): void;
  /** Two tables at most; empty if no row was added. */
  text(screen: Screen): string;
}

interface Counted {
  rows: number;
  examples: { readonly text: string; readonly score: number }[];
}

export function enrichReport(): Report {
  const verdicts = new Map<string, Counted>();
  const reasons = new Map<string, Counted>();
  return {
    add(rows) {
      for (const row of rows) {
        if (row.outcome === 'found') {
          const { classification, severity, score, priorityScore } = row.known;
          count(verdicts, classification ?? severity ?? 'unknown', row.value, score ?? priorityScore);
        } else if (row.outcome === 'unknown') count(verdicts, 'unknown', row.value);
        else count(reasons, reasonOf(row.reason), row.input);
      }
    },
    text: (screen) =>
      [
        table(['Verdict', 'Rows', 'Highest scores'], inOrder(verdicts), (name) =>
          verdictWord(markdownCell(name), screen),
        ),
        table(['Not looked up', 'Rows', 'Examples'], [...reasons], markdownCell),
      ]
        .filter((markdown) => markdown !== '')
        .map((markdown) => `\n${render(markdown, screen)}`)
        .join(''),
  };
}

function count(table: Map<string, Counted>, given: string, text: string, score?: number | null): void {
  const name = table.has(given) || table.size < REASONS ? given : 'other';
  const counted = table.get(name) ?? { rows: 0, examples: [] };
  table.set(name, counted);
  counted.rows += 1;
  if (counted.examples.some((example) => example.text === text)) return;
  counted.examples = [...counted.examples, { text: text.slice(0, 60), score: score ?? 0 }]
    .sort((one, other) => other.score - one.score)
    .slice(0, EXAMPLES);
}

/** A reason without the text that it is about, which would make every row another reason. */
function reasonOf(message: string): string {
  return message.replace(/^"(?:[^"\\]|\\.)*"…? /, '').replace(/\.$/, '');
}

function inOrder(verdicts: ReadonlyMap<string, Counted>): (readonly [string, Counted])[] {
  const place = (name: string) => (VERDICTS.indexOf(name) + VERDICTS.length + 1) % (VERDICTS.length + 1);
  return [...verdicts].sort(([one], [other]) => place(one) - place(other));
}

/** A markdown table. @param named makes the cell of a name */
function table(
  head: readonly string[],
  rows: readonly (readonly [string, Counted])[],
  named: (name: string) => string,
): string {
  if (rows.length === 0) return '';
  const lines = rows.map(([name, { rows: number, examples }]) => {
    const shown = examples.map(({ text, score }) => (score > 0 ? `${text} (${score})` : text)).join(', ');
    return [named(name), formatCount(number), markdownCell(shown)];
  });
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
