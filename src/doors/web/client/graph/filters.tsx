import { VERDICTS, type WebNodeKind, type WebVerdict } from '../../shared/protocol';
import { SIGNS, SYMBOLS } from '../../shared/symbols';
import { setState, useStore } from '../store';

/** Kinds and verdicts with their counts, as the legend and the filter in one. */
export function Filters() {
  const graph = useStore((state) => state.graph);
  const filter = useStore((state) => state.filter);
  const hidden = useStore((state) => state.view.hidden);
  const kinds = new Map<WebNodeKind, number>();
  const verdicts = new Map<WebVerdict | 'none', number>();
  for (const { kind, verdict } of graph.nodes) {
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    verdicts.set(verdict ?? 'none', (verdicts.get(verdict ?? 'none') ?? 0) + 1);
  }
  return (
    <div class="filters">
      <fieldset>
        <legend>Kinds</legend>
        {[...kinds].map(([kind, count]) => (
          <label key={kind}>
            <input
              type="checkbox"
              checked={!filter.kinds.includes(kind)}
              onChange={() => setState({ filter: { ...filter, kinds: toggled(filter.kinds, kind) } })}
            />
            <svg viewBox="-22 -22 44 44" class="symbol" aria-hidden="true">
              <path class="shape" d={SYMBOLS[kind].shape} />
              <path class="glyph" d={SYMBOLS[kind].icon} />
            </svg>
            <span>{SYMBOLS[kind].name}</span>
            <span class="note">{count}</span>
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>Verdicts</legend>
        {[...VERDICTS, 'none' as const].map((verdict) =>
          verdicts.has(verdict) ? (
            <label key={verdict}>
              <input
                type="checkbox"
                checked={!filter.verdicts.includes(verdict)}
                onChange={() =>
                  setState({ filter: { ...filter, verdicts: toggled(filter.verdicts, verdict) } })
                }
              />
              <span class={`verdict-sign ${verdict}`} aria-hidden="true">
                {verdict === 'none' ? '' : SIGNS[verdict].sign}
              </span>
              <span>{verdict === 'none' ? 'not rated' : verdict}</span>
              <span class="note">{verdicts.get(verdict)}</span>
            </label>
          ) : null,
        )}
      </fieldset>
      {hidden !== undefined && hidden.length > 0 && <p class="hint">{hidden.length} hidden by hand.</p>}
    </div>
  );
}

function toggled<T>(list: readonly T[], one: T): T[] {
  return list.includes(one) ? list.filter((other) => other !== one) : [...list, one];
}
