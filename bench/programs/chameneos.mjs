// Chameneos: a hundred creatures meet two by two in a mall and change their colours, two hundred thousand times. The answer
// is the number of meetings that the creatures remember, two for each.

import { deferred } from '../harness/deferred.mjs';

const CREATURES = 100;
const COLOURS = ['blue', 'red', 'yellow'];

export const things = 'meetings';
export const known = 400_000;
export const size = (share) => Math.round(200_000 * share);
export const title = () => 'chameneos';
export const answer = (meetings) => 2 * meetings;
export const operations = (meetings) => meetings;

const creatures = (make) => Array.from({ length: CREATURES }, (_, index) => make(COLOURS[index % 3], index));

/** Of two like ones the colour stays, of two others both turn into the third. */
const complement = (a, b) => (a === b ? a : COLOURS.find((colour) => colour !== a && colour !== b));

export async function ours() {
  const { Actor, ActorSystem } = await import('../ours.mjs');
  const { firstValueFrom } = await import('rxjs');

  class Mall extends Actor {
    waiting;
    remembered = 0;
    faded = 0;

    constructor(meetings, options) {
      super(options);
      this.left = meetings;
    }

    receive(message) {
      if (message.type === 'remember') {
        this.remembered += message.meetings;
        return ++this.faded === CREATURES ? [this.remembered] : undefined;
      }
      if (this.left === 0) {
        message.from.send({ type: 'exit' });
      } else if (this.waiting) {
        this.left--;
        this.waiting.send(message);
        this.waiting = undefined;
      } else {
        this.waiting = message.from;
      }
    }
  }

  class Creature extends Actor {
    meetings = 0;

    constructor(colour, mall, options) {
      super(options);
      this.colour = colour;
      this.mall = mall;
    }

    receive(message) {
      if (message.type === 'exit') {
        this.mall.send({ type: 'remember', meetings: this.meetings });
        return;
      }
      this.meetings++;
      if (message.type === 'meet') {
        this.colour = complement(this.colour, message.colour);
        message.from.send({ type: 'change', colour: this.colour });
      } else {
        this.colour = message.colour;
      }
      this.mall.send({ type: 'meet', colour: this.colour, from: this });
    }
  }

  return (meetings) => {
    const system = new ActorSystem();
    const mall = new Mall(meetings, { system }).start();
    const remembered = firstValueFrom(mall);
    for (const from of creatures((colour) => new Creature(colour, mall, { system }).start()))
      mall.send({ type: 'meet', colour: from.colour, from });
    return remembered;
  };
}

export async function nact() {
  const { dispatch, spawn, start, stop } = await import('nact');

  return async (meetings) => {
    const system = start();
    const { promise, resolve } = deferred();
    const mall = spawn(
      system,
      (state, message) => {
        const { left, waiting, remembered, faded } = state;
        if (message.type === 'remember') {
          if (faded + 1 === CREATURES) resolve(remembered + message.meetings);
          return { ...state, remembered: remembered + message.meetings, faded: faded + 1 };
        }
        if (left === 0) {
          dispatch(message.from, { type: 'exit' });
          return state;
        }
        if (!waiting) return { ...state, waiting: message.from };
        dispatch(waiting, message);
        return { ...state, left: left - 1, waiting: undefined };
      },
      'mall',
      { initialState: { left: meetings, waiting: undefined, remembered: 0, faded: 0 } },
    );

    const creature = (state, message, { self }) => {
      if (message.type === 'exit') {
        dispatch(mall, { type: 'remember', meetings: state.meetings });
        return state;
      }
      const meet = message.type === 'meet';
      const colour = meet ? complement(state.colour, message.colour) : message.colour;
      if (meet) dispatch(message.from, { type: 'change', colour });
      dispatch(mall, { type: 'meet', colour, from: self });
      return { colour, meetings: state.meetings + 1 };
    };
    creatures((colour, index) => {
      const from = spawn(system, creature, `creature-${index}`, { initialState: { colour, meetings: 0 } });
      dispatch(mall, { type: 'meet', colour, from });
    });

    const remembered = await promise;
    stop(system);
    return remembered;
  };
}

export async function xstate() {
  const { createActor, fromTransition } = await import('xstate');

  return async (meetings) => {
    const mall = createActor(
      fromTransition(
        (state, event) => {
          const { left, waiting, remembered } = state;
          if (event.type === 'remember') return { ...state, remembered: remembered + event.meetings };
          if (left === 0) {
            event.from.send({ type: 'exit' });
            return state;
          }
          if (!waiting) return { ...state, waiting: event.from };
          waiting.send(event);
          return { ...state, left: left - 1, waiting: undefined };
        },
        { left: meetings, waiting: undefined, remembered: 0 },
      ),
    ).start();

    const creature = (colour) =>
      createActor(
        fromTransition(
          (state, event, { self }) => {
            if (event.type === 'exit') {
              mall.send({ type: 'remember', meetings: state.meetings });
              return state;
            }
            const meet = event.type === 'meet';
            const colour = meet ? complement(state.colour, event.colour) : event.colour;
            if (meet) event.from.send({ type: 'change', colour });
            mall.send({ type: 'meet', colour, from: self });
            return { colour, meetings: state.meetings + 1 };
          },
          { colour, meetings: 0 },
        ),
      ).start();
    for (const from of creatures(creature))
      mall.send({ type: 'meet', colour: from.getSnapshot().context.colour, from });
    return mall.getSnapshot().context.remembered;
  };
}
