import type { ActorContext } from 'rx-actors';
import { ask, offer } from './asking.js';
import type { Player } from './player.js';
import type { Act, ContextAct, Message, OpenAct } from './program.js';
import type { Stage } from './stage.js';

/** Does what anybody can do. */
export function doOpenly(stage: Stage, act: OpenAct, by: Player | undefined): void {
  switch (act.do) {
    case 'send':
      stage.player(act.to, by).send(stage.message(act.message));
      break;
    case 'offer':
      stage.cancellable(...offer(stage.player(act.to, by), stage.message(act.message)));
      break;
    case 'ask':
      stage.cancellable(...ask(stage.player(act.to, by), stage.message(act.message), act));
      break;
    case 'cancel':
      stage.cancel(act.which);
      break;
    case 'publish':
      stage.publish(stage.message(act.message));
      break;
    case 'complete':
      stage.complete();
      break;
    case 'attach':
      stage.attach(stage.player(act.who, by));
      break;
    case 'detach':
      stage.detach(stage.player(act.who, by));
      break;
    case 'start':
      stage.player(act.who, by).actor.start();
      break;
    case 'error':
      stage.player(act.who, by).fail();
      break;
    case 'kill':
      stage.player(act.who, by).kill(act);
      break;
    case 'close':
      stage.player(act.who, by).close();
      break;
  }
}

/** Does what a behavior can do while it is called. */
function doInside(act: ContextAct, by: Player, context: ActorContext<Message>): void {
  const { incarnation, stage } = by;
  const entry = by.current!;
  switch (act.do) {
    case 'timer':
      incarnation.startTimer(act, context);
      break;
    case 'cancelTimer':
      incarnation.cancelTimer(act, context);
      break;
    case 'watch':
      incarnation.watch(act, context);
      break;
    case 'unwatch':
      incarnation.unwatch(act, context);
      break;
    case 'stash':
      incarnation.stash(entry, context);
      break;
    case 'unstash':
      incarnation.unstashAll(context);
      break;
    case 'become':
      incarnation.become(context);
      break;
    case 'spawn':
      stage.spawn(act.setup, by, context);
      break;
  }
}

const OPEN: readonly Act['do'][] = [
  ...(['send', 'offer', 'ask', 'cancel', 'publish', 'complete', 'attach', 'detach', 'start', 'error'] as const),
  ...(['kill', 'close'] as const),
];

const isOpen = (act: Act): act is OpenAct => OPEN.includes(act.do);

/** Does what a message says. An actor that has been killed meanwhile has no context any more. */
export function act(stage: Stage, what: Act, by: Player | undefined, context: ActorContext<Message> | undefined): void {
  if (isOpen(what)) doOpenly(stage, what, by);
  else if (by !== undefined && context !== undefined && !by.interrupted) doInside(what, by, context);
}
