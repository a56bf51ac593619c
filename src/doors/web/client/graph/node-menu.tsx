import { useEffect, useState } from 'preact/hooks';
import type { WebTotals } from '../../shared/protocol';
import { copy, show, startCommand } from '../actions';
import { get } from '../api';
import { getState, setState, useStore } from '../store';
import { type MenuItem, MenuList } from '../ui/menu';
import { hide, togglePin } from './keys';

/** Renders the actions for a node: relations to follow, with the neighbors already known, then actions on the picture. */
export function NodeMenu({ id, x, y }: { id: string; x: number; y: number }) {
  const details = useStore((state) => state.details);
  const pinned = useStore((state) => state.view.pinned?.includes(id) ?? false);
  const [totals, setTotals] = useState<WebTotals>({});
  useEffect(() => {
    let current = true;
    // The menu is complete without totals.
    void get<WebTotals>('totals', { node: id }).then(
      (found) => current && setTotals(found),
      () => {},
    );
    return () => {
      current = false;
    };
  }, [id]);
  if (details === undefined || details.node.id !== id) return null;
  const { node, pivots, summary } = details;
  const items: MenuItem[] = [
    ...(summary === undefined
      ? []
      : [{ label: 'Look up everything', onSelect: () => void startCommand(summary.command, summary.args) }]),
    ...pivots.map(({ label, command, args, known }) => ({
      label,
      ...noteOf(known, totals[label]),
      onSelect: () => void startCommand(command, args),
    })),
    { label: pinned ? 'Release' : 'Pin', note: 'P', onSelect: () => togglePin(id) },
    { label: 'Hide', note: 'H', onSelect: () => hide(id) },
    { label: 'Copy value', onSelect: () => copy(node.value, node.value) },
    { label: 'Show in the War Room', onSelect: () => show('room') },
  ];
  function close(): void {
    if (getState().menu === id) setState({ menu: undefined });
    document.querySelector<SVGGElement>(`.node[data-id="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
  }
  return (
    <div class="node-menu" ref={(element) => placeAt(element, x, y)}>
      <MenuList
        label={`Pivot from ${node.value}`}
        items={items}
        onClose={close}
        header={<p>{node.label ?? node.value}</p>}
      />
    </div>
  );
}

/** `25 known, 102 records`: several records can lead to one neighbor. */
function noteOf(known: number, total: number | undefined) {
  const parts = [
    ...(known === 0 ? [] : [`${known} known`]),
    ...(total === undefined ? [] : [total === 1 ? '1 record' : `${total.toLocaleString('en')} records`]),
  ];
  return parts.length === 0 ? {} : { note: parts.join(', ') };
}

/** Beside the node, within the pane. A style attribute would need a looser policy; the property does not. */
function placeAt(element: HTMLElement | null, x: number, y: number): void {
  if (element === null) return;
  const pane = element.parentElement;
  if (pane === null) return;
  element.style.left = `${Math.max(8, Math.min(x + 24, pane.clientWidth - element.offsetWidth - 8))}px`;
  element.style.top = `${Math.max(8, Math.min(y - 16, pane.clientHeight - element.offsetHeight - 8))}px`;
}
