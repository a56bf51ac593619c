import { runBundle } from '../../scripts/run-bundle';

/** The command line is tested as users get it: bundled. */
export default function build(): void {
  runBundle('--no-types');
}
