import { useState } from 'preact/hooks';
import type { WebSpan } from '../../shared/protocol';
import { compareWith, select } from '../actions';
import { useStore } from '../store';
import { Button } from '../ui/button';
import { dayOf, sharedSpans } from './shared-spans';

const WIDTH = 360;
const ROW = 26;
const TOP = 24;
const MAX_ROWS = 200;

interface Bar extends WebSpan {
  readonly from: number;
  readonly until: number;
  readonly other: boolean;
}

/** Bars from the first to the last time seen. Zooms by halves, and can show the bars of a second host next to them. */
export function Timeline({ spans, comparable }: { spans: readonly WebSpan[]; comparable?: boolean }) {
  const [zoom, setZoom] = useState(0);
  const own = useStore((state) => state.details?.node.value);
  const compared = useStore((state) => (comparable ? state.compared : undefined));
  const common = compared === undefined ? [] : sharedSpans(spans, compared.resolutions);
  const isShared = ({ node }: WebSpan) => common.some((one) => one.node === node);
  const bars = [
    ...spans.map((span) => bar(span, false)),
    ...(compared?.resolutions ?? []).map((span) => bar(span, true)),
  ]
    .filter((one) => one !== undefined)
    .sort((one, two) => Number(isShared(two)) - Number(isShared(one)) || two.until - one.until)
    .slice(0, MAX_ROWS);
  const undated = spans.length + (compared?.resolutions.length ?? 0) - bars.length;
  const end = Math.max(...bars.map(({ until }) => until));
  const whole = Math.max(86_400_000, end - Math.min(...bars.map(({ from }) => from)));
  const start = end - whole / 2 ** zoom;
  const scale = (at: number) => Math.max(0, Math.min(1, (at - start) / (end - start))) * (WIDTH - 8) + 4;
  return (
    <div class="timeline">
      <div class="timeline-tools">
        <Button
          icon="minus"
          quiet
          label="Show more time"
          disabled={zoom === 0}
          onClick={() => setZoom(zoom - 1)}
        />
        <Button
          icon="plus"
          quiet
          label="Show less time"
          disabled={zoom > 6}
          onClick={() => setZoom(zoom + 1)}
        />
        {comparable && <Compare />}
      </div>
      {compared !== undefined && own !== undefined && (
        <div class="timeline-legend">
          <p>
            <span class="swatch" aria-hidden="true" /> {own} <span class="swatch other" aria-hidden="true" />{' '}
            {compared.node.value}
          </p>
          {common.length === 0 && <p>They have no neighbors in common.</p>}
          <ul>
            {common.map(({ label, together }) => (
              <li key={label}>
                Both have {label}: {together === undefined ? 'never at the same time' : together}
              </li>
            ))}
          </ul>
        </div>
      )}
      {bars.length > 0 && (
        <svg
          viewBox={`0 0 ${WIDTH} ${TOP + bars.length * ROW}`}
          role="img"
          aria-label={`Timeline of ${bars.length} relations, ${dayOf(start)} to ${dayOf(end)}`}
        >
          {[0, 0.5, 1].map((part) => (
            <g key={part}>
              <line
                x1={4 + part * (WIDTH - 8)}
                x2={4 + part * (WIDTH - 8)}
                y1={16}
                y2={TOP + bars.length * ROW}
              />
              <text
                x={4 + part * (WIDTH - 8)}
                y={11}
                text-anchor={part === 0 ? 'start' : part === 1 ? 'end' : 'middle'}
              >
                {dayOf(start + part * (end - start))}
              </text>
            </g>
          ))}
          {bars.map(({ label, note, from, until, other, node }, index) => (
            <g
              key={`${label} ${note} ${index}`}
              class={other ? 'other' : undefined}
              onClick={() => node !== undefined && select(node)}
            >
              <rect
                x={scale(from)}
                y={TOP + index * ROW + 15}
                width={Math.max(3, scale(until) - scale(from))}
                height={7}
                rx={3.5}
              >
                <title>{`${dayOf(from)} to ${dayOf(until)}`}</title>
              </rect>
              <text class="bar-label" x={4} y={TOP + index * ROW + 11}>
                {label.length > 40 ? `${label.slice(0, 39)}…` : label}
                {note === undefined ? '' : ` (${note})`}
              </text>
            </g>
          ))}
        </svg>
      )}
      {undated > 0 && <p class="hint">{undated} without dates.</p>}
      <div class="visually-hidden">
        <table>
          <caption>Timeline</caption>
          <tbody>
            {bars.map(({ label, note, from, until }, index) => (
              <tr key={index}>
                <th scope="row">{label}</th>
                <td>{note}</td>
                <td>{dayOf(from)}</td>
                <td>{dayOf(until)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

/** Chooses a second host; overlaps show as bars above one another. */
function Compare() {
  const nodes = useStore((state) => state.graph.nodes);
  const selected = useStore((state) => state.selected);
  const compared = useStore((state) => state.compared?.node.id);
  const hosts = nodes.filter(({ id, kind }) => (kind === 'domain' || kind === 'address') && id !== selected);
  if (hosts.length === 0) return null;
  return (
    <select
      aria-label="Compare with another host"
      value={compared ?? ''}
      onChange={({ currentTarget }) =>
        void compareWith(currentTarget.value === '' ? undefined : currentTarget.value)
      }
    >
      <option value="">Compare with…</option>
      {hosts.slice(0, 300).map(({ id, value }) => (
        <option key={id} value={id}>
          {value}
        </option>
      ))}
    </select>
  );
}

function bar(span: WebSpan, other: boolean): Bar | undefined {
  const [first, last] = [span.first ?? span.last, span.last ?? span.first];
  if (first === undefined || last === undefined) return undefined;
  return { ...span, from: Date.parse(first), until: Date.parse(last), other };
}
