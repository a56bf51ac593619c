import type { WebDetails, WebFact, WebPort } from '../../shared/protocol';
import { SIGNS, SYMBOLS } from '../../shared/symbols';
import { copy, select, show, startCommand } from '../actions';
import { setState, useStore } from '../store';
import { Button } from '../ui/button';
import { Articles } from './articles';
import { Timeline } from './timeline';
import { WhoisHistory } from './whois-history';

interface Tab {
  readonly id: string;
  readonly label: string;
  readonly count: number;
}

function tabsOf(details: WebDetails): Tab[] {
  return [
    { id: 'overview', label: 'Overview', count: 0 },
    { id: 'resolutions', label: 'Resolutions', count: details.resolutions.length },
    { id: 'whois', label: 'WHOIS', count: details.whoisChanges.length },
    { id: 'certificates', label: 'Certificates', count: details.certificates.length },
    { id: 'ports', label: 'Ports', count: details.ports.length },
    { id: 'articles', label: 'Articles', count: details.articles.length },
  ].filter(({ id, count }) => id === 'overview' || count > 0 || (id === 'whois' && details.whois.length > 0));
}

/** Everything that is known about the chosen node. */
export function Drawer() {
  const details = useStore((state) => state.details);
  const tab = useStore((state) => state.tab);
  const pane = useStore((state) => state.pane);
  if (details === undefined)
    return (
      <aside class="drawer" aria-label="Details">
        <p class="loading">Loading…</p>
      </aside>
    );
  const { node } = details;
  const tabs = tabsOf(details);
  const current = tabs.some(({ id }) => id === tab) ? tab : 'overview';
  return (
    <aside class="drawer" aria-label={`Details of ${node.value}`}>
      <header>
        <svg viewBox="-22 -22 44 44" class={`symbol ${node.verdict ?? 'unrated'}`} aria-hidden="true">
          <path class="shape" d={SYMBOLS[node.kind].shape} />
          <path class="glyph" d={SYMBOLS[node.kind].icon} />
        </svg>
        <div>
          <p class="kind">{SYMBOLS[node.kind].name}</p>
          <h2>{node.label ?? node.value}</h2>
          {node.label !== undefined && node.label !== node.value && <p class="value">{node.value}</p>}
        </div>
        <Button icon="copy" quiet label="Copy value" onClick={() => copy(node.value, node.value)} />
        <Button icon="close" quiet label="Close details" onClick={() => select(undefined)} />
      </header>
      <div class="tabs" role="tablist" aria-label="Details">
        {tabs.map(({ id, label, count }) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`tab-${id}`}
            aria-selected={id === current}
            aria-controls="tab-panel"
            tabIndex={id === current ? 0 : -1}
            onClick={() => setState({ tab: id })}
            onKeyDown={(event) => {
              const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
              if (step === undefined) return;
              const next =
                tabs[(tabs.findIndex((one) => one.id === current) + step + tabs.length) % tabs.length];
              setState({ tab: next?.id ?? 'overview' });
              document.getElementById(`tab-${next?.id}`)?.focus();
            }}
          >
            {label}
            {count > 0 && <span class="count">{count}</span>}
          </button>
        ))}
      </div>
      <div class="tab-panel" id="tab-panel" role="tabpanel" aria-labelledby={`tab-${current}`} tabIndex={0}>
        {current === 'overview' && <Overview details={details} />}
        {current === 'resolutions' && <Timeline spans={details.resolutions} comparable />}
        {current === 'whois' && <WhoisHistory facts={details.whois} changes={details.whoisChanges} />}
        {current === 'certificates' && <Timeline spans={details.certificates} />}
        {current === 'ports' && <Ports ports={details.ports} />}
        {current === 'articles' && <Articles articles={details.articles} />}
      </div>
      {pane === 'room' && (
        <footer>
          <Button icon="graph" label="Show on the graph" onClick={() => show('graph')} />
        </footer>
      )}
    </aside>
  );
}

function Overview({ details: { node, reasons, facts, pivots, summary } }: { details: WebDetails }) {
  return (
    <>
      {node.verdict !== undefined && (
        <p class={`verdict-line ${node.verdict}`}>
          <span class={`verdict-sign ${node.verdict}`} aria-hidden="true">
            {SIGNS[node.verdict].sign}
          </span>
          <strong>{node.verdict}</strong>
          {node.score !== undefined && <span>score {node.score}</span>}
        </p>
      )}
      {reasons.length > 0 && (
        <ul class="reasons">
          {reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      <Facts facts={facts} />
      {summary !== undefined && (
        <Button
          primary
          label="Look up everything"
          onClick={() => void startCommand(summary.command, summary.args)}
        />
      )}
      {pivots.length > 0 && <h3>Follow</h3>}
      <div class="pivots">
        {pivots.map(({ label, command, args, known }) => (
          <button key={label} type="button" class="chip" onClick={() => void startCommand(command, args)}>
            {label}
            {known > 0 && <span class="count">{known}</span>}
          </button>
        ))}
      </div>
    </>
  );
}

export function Facts({ facts }: { facts: readonly WebFact[] }) {
  if (facts.length === 0) return null;
  return (
    <dl class="facts">
      {facts.map(({ name, value }) => (
        <div key={`${name} ${value}`}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export function Ports({ ports }: { ports: readonly WebPort[] }) {
  return (
    <ul class="ports">
      {ports.map(({ port, protocol, status, last, banners, services }) => (
        <li key={`${port} ${protocol}`}>
          <p>
            <strong>
              {port}/{protocol}
            </strong>{' '}
            {status}
            {last !== undefined && <span class="note">last seen {last.slice(0, 10)}</span>}
          </p>
          {services.length > 0 && <p>{services.join(', ')}</p>}
          {banners.map((banner) => (
            <pre key={banner} tabIndex={0}>
              {banner}
            </pre>
          ))}
        </li>
      ))}
    </ul>
  );
}
