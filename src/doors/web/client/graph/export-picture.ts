import { drawPicture } from '../../shared/picture';
import { download, notify } from '../actions';
import { getState } from '../store';
import { positions } from './positions';
import type { Visible } from './visible';

/** Pixels of a side; browsers refuse larger canvases. */
const MAX_SIDE = 8_000;

export function exportSvg({ nodes, edges }: Visible): void {
  const svg = drawPicture(nodes, edges, positions);
  download(`${getState().name}.svg`, new Blob([svg], { type: 'image/svg+xml' }));
}

export async function exportPng({ nodes, edges }: Visible): Promise<void> {
  const svg = drawPicture(nodes, edges, positions);
  const image = new Image();
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  image.src = address;
  await image.decode();
  const scale = Math.min(2, MAX_SIDE / Math.max(image.width, image.height));
  const canvas = document.createElement('canvas');
  canvas.width = image.width * scale;
  canvas.height = image.height * scale;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(address);
  canvas.toBlob((png) => {
    if (png === null) notify('The picture is too large for a PNG. Export it as SVG.', true);
    else download(`${getState().name}.png`, png);
  }, 'image/png');
}
