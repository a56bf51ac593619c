import { useLayoutEffect } from 'preact/hooks';
import { labelOf } from '../../shared/picture';
import type { VisibleNode } from './grouping';
import type { LabelPlace } from './labels';

interface LabelledNode {
  readonly node: VisibleNode;
  readonly at: LabelPlace;
}

/** Nodes whose label has room, and those that have one without: the chosen one and the one with the focus. */
export function labelledAlso(
  nodes: readonly VisibleNode[],
  room: ReadonlyMap<string, LabelPlace>,
  always: readonly (string | undefined)[],
): LabelledNode[] {
  return nodes.flatMap((node) => {
    const at = room.get(node.id) ?? (always.includes(node.id) ? 'below' : undefined);
    return at === undefined ? [] : [{ node, at }];
  });
}

interface LabelsProps {
  readonly nodes: readonly LabelledNode[];
  readonly dimmed: (id: string) => boolean;
  /** Moves the labels to their nodes. */
  readonly onDrawn: () => void;
}

/** The strings at the nodes, above everything else; a screen reader has the full names from the nodes. */
export function Labels({ nodes, dimmed, onDrawn }: LabelsProps) {
  useLayoutEffect(onDrawn);
  return (
    <g class="labels" aria-hidden="true">
      {nodes.map(({ node, at }) => (
        <text
          key={node.id}
          class={`label${dimmed(node.id) ? ' dimmed' : ''}`}
          data-id={node.id}
          y={at === 'above' ? -25 : 33}
        >
          {node.group?.noun ?? labelOf(node)}
        </text>
      ))}
    </g>
  );
}
