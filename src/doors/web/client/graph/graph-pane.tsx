import { useMemo, useRef, useState } from 'preact/hooks';
import { attempt, changeView, download, redoView, select, show, undoView } from '../actions';
import { getState, setState, useStore } from '../store';
import { Button } from '../ui/button';
import { MenuButton } from '../ui/menu';
import { Canvas, type CanvasControls } from './canvas';
import { exportPng, exportSvg } from './export-picture';
import { Filters } from './filters';
import { positions } from './positions';
import { TimeSlider } from './time-slider';
import { visibleGraph } from './visible';

const FORMATS = [
  ['GraphML', 'graphml'],
  ['STIX 2.1', 'stix'],
  ['Mermaid', 'mermaid'],
] as const;

export function GraphPane() {
  const graph = useStore((state) => state.graph);
  const hidden = useStore((state) => state.view.hidden);
  const opened = useStore((state) => state.view.opened);
  const pinned = useStore((state) => state.view.pinned);
  const filter = useStore((state) => state.filter);
  const jobs = useStore((state) => state.jobs.length);
  const undo = useStore((state) => state.undo.length);
  const redo = useStore((state) => state.redo.length);
  const [filters, setFilters] = useState(false);
  const controls = useRef<CanvasControls | undefined>();
  const { kinds, verdicts, from, to } = filter;
  const visible = useMemo(
    () => visibleGraph(graph, getState().view, getState().filter),
    [graph, hidden, opened, pinned, kinds, verdicts, from, to],
  );
  const texts = useMemo(
    () => new Map(graph.nodes.map(({ id, value, label = '' }) => [id, `${value}\n${label}`.toLowerCase()])),
    [graph],
  );
  const wanted = filter.text.trim().toLowerCase();
  const matches = useMemo(
    () =>
      wanted === ''
        ? undefined
        : new Set(
            visible.nodes
              .filter(({ id, group }) =>
                [id, ...(group?.members ?? [])].some((one) => texts.get(one)?.includes(wanted)),
              )
              .map(({ id }) => id),
          ),
    [visible, wanted, texts],
  );

  if (graph.nodes.length === 0)
    return (
      <div class="graph empty">
        <p>Nothing to draw yet. Look something up in the War Room, and it appears here.</p>
        <Button primary label="Go to the War Room" onClick={() => show('room')} />
      </div>
    );

  function arrangeAgain(): void {
    const keep = new Set(getState().view.pinned);
    for (const id of [...positions.keys()]) if (!keep.has(id)) positions.delete(id);
    const kept = Object.entries(getState().view.positions ?? {}).filter(([id]) => keep.has(id));
    changeView({ positions: Object.fromEntries(kept) });
    setState({ graph: { ...getState().graph } });
  }

  function found(): void {
    const [first] = matches ?? [];
    if (first === undefined) return;
    const members = visible.nodes.find(({ id }) => id === first)?.group?.members;
    select(members === undefined ? first : members.find((id) => texts.get(id)?.includes(wanted)));
    controls.current?.center(first);
  }

  return (
    <div class="graph">
      <div class="graph-tools" role="toolbar" aria-label="Graph">
        <form
          role="search"
          onSubmit={(event) => {
            event.preventDefault();
            found();
          }}
        >
          <input
            type="search"
            value={filter.text}
            placeholder="Search the graph"
            aria-label="Search the graph"
            onInput={({ currentTarget }) => setState({ filter: { ...filter, text: currentTarget.value } })}
          />
        </form>
        <Button icon="filter" label="Filter" pressed={filters} onClick={() => setFilters(!filters)} />
        <Button icon="undo" quiet label="Undo" disabled={undo === 0} onClick={undoView} />
        <Button icon="redo" quiet label="Redo" disabled={redo === 0} onClick={redoView} />
        <Button icon="layout" quiet label="Arrange again" onClick={arrangeAgain} />
        <Button icon="minus" quiet label="Zoom out" onClick={() => controls.current?.zoom(0.8)} />
        <Button icon="plus" quiet label="Zoom in" onClick={() => controls.current?.zoom(1.25)} />
        <Button icon="fit" quiet label="Show everything" onClick={() => controls.current?.fit()} />
        <MenuButton
          icon="download"
          label="Export"
          items={[
            { label: 'PNG', onSelect: () => void attempt(() => exportPng(visible)) },
            { label: 'SVG', onSelect: () => exportSvg(visible) },
            ...FORMATS.map(([label, format]) => ({ label, onSelect: () => exportAs(format) })),
          ]}
        />
      </div>
      <div class="stage">
        {filters && <Filters />}
        <Canvas
          visible={visible}
          matches={matches}
          onControls={(next) => {
            controls.current = next;
          }}
        />
      </div>
      <div class="graph-foot">
        <p class="hint" role="status">
          {jobs > 0 && <span class="spinner" aria-hidden="true" />}
          {visible.nodes.length} nodes, {visible.edges.length} relations
          {visible.filtered > 0 && `, ${visible.filtered} filtered`}
          {visible.omitted > 0 && `, ${visible.omitted} not drawn`}
          {matches !== undefined && `, ${matches.size} found`}
          {hidden !== undefined && hidden.length > 0 && (
            <button type="button" class="link" onClick={() => changeView({ hidden: [] })}>
              Show {hidden.length} hidden
            </button>
          )}
        </p>
        <TimeSlider />
      </div>
    </div>
  );
}

function exportAs(format: string): void {
  void attempt(async () => {
    const response = await fetch(`/api/graph-file?format=${format}`);
    if (!response.ok) throw new Error((await response.json()).message);
    const extension = { graphml: 'graphml', stix: 'json', mermaid: 'mmd' }[format] ?? 'txt';
    download(`${getState().name}.${extension}`, await response.blob());
  });
}
