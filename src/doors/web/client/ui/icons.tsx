/** Icons of the page: strokes on a square of 20. */
const PATHS = {
  room: 'M3 5h14M3 10h14M3 15h8',
  graph:
    'M3 5a2 2 0 1 0 4 0a2 2 0 1 0-4 0M13 7a2 2 0 1 0 4 0a2 2 0 1 0-4 0M6 15a2 2 0 1 0 4 0a2 2 0 1 0-4 0M7 5.4L13 6.6M5.6 6.9L7.5 13M9.3 13.4L13.7 8.5',
  close: 'M5 5l10 10M15 5L5 15',
  copy: 'M7 7h9v9H7zM4 13V4h9',
  download: 'M10 3v9M6 9l4 4l4-4M4 16h12',
  upload: 'M10 13V4M6 7l4-4l4 4M4 16h12',
  report: 'M5 3h7l3 3v11H5zM8 9h4M8 12h4',
  theme: 'M10 3a7 7 0 1 0 0 14zM10 3a7 7 0 0 1 0 14',
  undo: 'M7 4L3 8l4 4M3 8h9a4 4 0 0 1 0 8H8',
  redo: 'M13 4l4 4l-4 4M17 8H8a4 4 0 0 0 0 8h4',
  fit: 'M4 8V4h4M12 4h4v4M16 12v4h-4M8 16H4v-4',
  plus: 'M10 4v12M4 10h12',
  minus: 'M4 10h12',
  search: 'M4 9a5 5 0 1 0 10 0A5 5 0 1 0 4 9M13 13l4 4',
  filter: 'M3 5h14M6 10h8M9 15h2',
  pin: 'M10 12v5M6 12h8l-1.5-3V4h-5v5z',
  hide: 'M3 10c3-5 11-5 14 0c-3 5-11 5-14 0M4 16L16 4',
  expand: 'M10 7v6M7 10h6M3 10a7 7 0 1 0 14 0A7 7 0 1 0 3 10',
  layout: 'M4 4h4v4H4zM12 4h4v4h-4zM8 12h4v4H8zM6 8l4 4l4-4',
  play: 'M6 4l9 6l-9 6z',
  tree: 'M4 4h4M6 4v12h4M6 10h4M12 10h4M12 16h4',
  more: 'M5 10h.01M10 10h.01M15 10h.01',
  help: 'M7.5 7.5a2.5 2.5 0 1 1 3.5 2.3c-.7.4-1 .8-1 1.7M10 14.5h.01M3 10a7 7 0 1 0 14 0A7 7 0 1 0 3 10',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
