import { defaultCore } from '../internal/default-core.js';
import { ActorSystem } from './actor-system.js';

/**
 * The system that the free functions use, and every actor and exchange that was given none.
 *
 * Use it in a program; give tests, requests and injectors an {@link ActorSystem} of their own.
 *
 * @public
 */
export const defaultSystem: ActorSystem = /* @__PURE__ */ new ActorSystem(defaultCore);
