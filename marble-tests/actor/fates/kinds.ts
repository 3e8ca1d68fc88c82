import { filter, map, type Observable, type ObservableInput } from 'rxjs';
import {
  Actor,
  restart,
  resume,
  stop,
  type ActorContext,
  type ActorOptions,
  type ActorSystem,
  type Supervision,
} from 'rx-actors';
import type { Player } from './player.js';
import type { Message, Setup, SupervisionSetup } from './program.js';
import { Turn } from './turn.js';

class Plain extends Actor<Message, number> {
  readonly #player: Player;
  readonly #turn: Turn;

  constructor(player: Player, options: ActorOptions<Message>) {
    super(options);
    this.#player = player;
    this.#turn = new Turn(player);
  }

  override send(message: Message): void {
    this.#player.stage.deliver(this.#player, message);
  }

  protected override receive(message: Message, context: ActorContext<Message>): ObservableInput<number> | void {
    return this.#turn.behave(message, context, 0);
  }

  protected get turn(): Turn {
    return this.#turn;
  }
}

class Draining extends Plain {
  protected override run(): ObservableInput<number> | void | Promise<void> {
    return super.run();
  }
}

class Piping extends Plain {
  readonly #of: Player;

  constructor(player: Player, options: ActorOptions<Message>) {
    super(player, options);
    this.#of = player;
  }

  protected override run(): Observable<number> {
    return this.mailbox.pipe(
      map((message) => {
        const value = this.turn.handle(message);
        if (value !== undefined) this.turn.put(this.#of.entries.get(message.id)!, value);
        return value;
      }),
      filter((value) => value !== undefined),
    );
  }
}

function* generating(player: Player, turn: Turn): Generator<number | undefined, void, Message> {
  player.bodies++;
  player.incarnation.state = 0;
  let state = 0;
  try {
    for (let value: number | undefined; ;) {
      const message: Message = yield value;
      if (state !== player.incarnation.state) player.complain(`F2: the state is ${state}`);
      value = turn.handle(message);
      state = player.incarnation.state;
      if (value !== undefined) turn.put(player.entries.get(message.id)!, value);
      if (message.work === 'return' && !player.interrupted) {
        player.closeAsked = true;
        return;
      }
    }
  } finally {
    player.bodies--;
  }
}

/** What a reducer begins with; numbers of messages are greater. */
const INITIAL = 0;

const makers: Record<
  Setup['kind'],
  (system: ActorSystem, player: Player, options: ActorOptions<Message>) => Actor<Message, number>
> = {
  behavior: (system, player, options) => {
    const turn = new Turn(player);
    return system.actor<Message, number>((message, context) => turn.behave(message, context), options);
  },
  class: (system, player, options) => new Plain(player, { ...options, system }),
  drain: (system, player, options) => new Draining(player, { ...options, system }),
  pipeline: (system, player, options) => new Piping(player, { ...options, system }),
  stateful: (system, player, options) => {
    const turn = new Turn(player);
    return system.statefulActor<Message, number>(
      (state, message, context) => {
        if (state !== player.incarnation.state) player.complain(`F2: the state is ${state}`);
        turn.handle(message, context);
        const next = player.incarnation.state;
        if (next !== message.id) return state;
        turn.put(player.entries.get(message.id)!, next);
        return next;
      },
      INITIAL,
      options,
    );
  },
  generator: (system, player, options) => {
    const turn = new Turn(player);
    return system.generatorActor<Message, number>(() => generating(player, turn), options);
  },
};

const SUPERVISIONS = { stop, resume };

function supervisionOf({ type, ...options }: SupervisionSetup): Supervision {
  return type === 'restart' ? restart(options) : SUPERVISIONS[type]();
}

/** The options of a player's actor, with the hooks of the model. */
export function optionsOf(player: Player): ActorOptions<Message> {
  const { capacity, overflow, supervision, siblings, stashCapacity } = player.setup;
  return {
    name: player.name,
    mailbox: {
      ...(capacity !== undefined && { capacity }),
      ...(overflow === 'priority' ? { compare: (a, b) => a.priority - b.priority } : { overflow }),
    },
    supervision: supervisionOf(supervision),
    siblings,
    ...(stashCapacity !== undefined && { stashCapacity }),
    ...(player.parent !== undefined && { parent: player.parent.actor }),
    beforeRestart: () => {
      player.restarted();
    },
    afterEnd: (termination) => {
      player.ended(termination);
    },
  };
}

/** Makes the actor of a player. */
export function enter(system: ActorSystem, player: Player, context?: ActorContext<Message>): void {
  const { setup } = player;
  const options = optionsOf(player);
  if (context === undefined) {
    player.actor = makers[setup.kind](system, player, options);
  } else {
    const turn = new Turn(player);
    player.actor = context.spawn<Message, number>((message, own) => turn.behave(message, own), options);
  }
  const { actor } = player;
  if (!(actor instanceof Plain)) actor.send = (message) => player.stage.deliver(player, message);
  if (setup.started) actor.start();
  if (!setup.observed) return;
  actor.subscribe({
    next: (value) => {
      if (value === INITIAL) return;
      player.seen.push(value);
      player.stage.perform(player.entries.get(value)!, 'output', player);
    },
    error: (error: unknown) => {
      player.told = { error };
    },
    complete: () => {
      player.told = 'complete';
    },
  });
  actor.terminated.subscribe((termination) => {
    player.terminations.push(termination);
  });
}
