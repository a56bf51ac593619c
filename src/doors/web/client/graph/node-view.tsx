import { Component, type ComponentType, h } from 'preact';
import { GROUP_PAGE } from '../../shared/protocol';
import { SIGNS, SYMBOLS } from '../../shared/symbols';
import type { VisibleNode } from './grouping';

interface NodeViewProps {
  readonly node: VisibleNode;
  readonly selected: boolean;
  readonly dimmed: boolean;
  readonly pinned: boolean;
  /** Whether Tab reaches the picture here. */
  readonly stop: boolean;
}

/** One node: its kind by shape and icon, its verdict by color and sign. The layout moves it. */
export const NodeView = memo(({ node, selected, dimmed, pinned, stop }: NodeViewProps) => {
  const { kind, verdict } = node;
  const { shape, icon } = SYMBOLS[kind];
  const classes = [
    'node',
    kind,
    verdict ?? 'unrated',
    ...(selected ? ['selected'] : []),
    ...(dimmed ? ['dimmed'] : []),
  ];
  return (
    <g
      class={classes.join(' ')}
      data-id={node.id}
      role="button"
      tabindex={stop ? 0 : -1}
      aria-label={nameOf(node, pinned)}
      aria-pressed={selected}
    >
      {kind === 'group' && <path class="behind" d={shape} transform="translate(5 -4)" />}
      <path class="shape" d={shape} />
      {node.group === undefined ? (
        <path class="glyph" d={icon} />
      ) : (
        <text class="size" y="4">
          {node.group.size}
        </text>
      )}
      {verdict !== undefined && verdict !== 'unknown' && (
        <g class="sign" transform="translate(14 -14)">
          <circle r="8" />
          <text y="3.5">{SIGNS[verdict].sign}</text>
        </g>
      )}
      {pinned && <circle class="pin" cx="-14" cy="-14" r="3.5" />}
      <title>
        {node.label === undefined ? node.value : `${node.label}\n${kind === 'group' ? '' : node.value}`}
      </title>
    </g>
  );
});

function nameOf({ kind, value, label, verdict, degree }: VisibleNode, pinned: boolean): string {
  if (kind === 'group') return `Group of ${label}, Enter shows the next ${GROUP_PAGE}`;
  const name = label === undefined || label === value ? value : `${label}, ${value}`;
  const parts = [
    `${SYMBOLS[kind].name} ${name}`,
    verdict,
    `${degree} ${degree === 1 ? 'relation' : 'relations'}`,
  ];
  return [...parts, pinned ? 'pinned' : undefined].filter((part) => part !== undefined).join(', ');
}

/** A component that is drawn again only when one of its properties is another one. */
function memo<Props extends object>(View: ComponentType<Props>): ComponentType<Props> {
  return class Memo extends Component<Props> {
    override shouldComponentUpdate(next: Props): boolean {
      const names = new Set([...Object.keys(next), ...Object.keys(this.props)]) as Set<keyof Props>;
      return [...names].some((name) => next[name] !== (this.props as Props)[name]);
    }
    override render() {
      return h(View, this.props as Props);
    }
  };
}
