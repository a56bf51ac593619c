import { bundle } from '../../scripts/bundle';

/** The command line is tested as users get it: bundled. */
export default bundle;
