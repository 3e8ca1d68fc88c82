import { SystemCore } from './system-core.js';

/** What lives in no system of the user's lives here: the one module-level state there is. */
export const defaultCore = /* @__PURE__ */ new SystemCore('default');
