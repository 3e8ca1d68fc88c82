import { displayMessages } from './display-messages.js';
import { exchange } from './exchange.js';
import { printGenerator } from './generator-actor.js';
import { printActor } from './print-actor.js';
import { usingBlock } from './using-block.js';
import { worker } from './worker.js';

/** The programs of the Python Cookbook's recipes 12.10 and 12.11, each with its heading. */
export const recipes: readonly (readonly [heading: string, program: () => void | Promise<void>])[] = [
  ['12.10 An actor: class PrintActor', printActor],
  ['12.10 An actor: a generator', printGenerator],
  ['12.10 An actor: Worker.submit', worker],
  ['12.11 Publish/subscribe: attach, send, detach', exchange],
  ['12.11 Publish/subscribe: DisplayMessages', displayMessages],
  ['12.11 Publish/subscribe: the `using` block', usingBlock],
];
