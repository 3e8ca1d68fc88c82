// P5: what one send costs that goes to many.

import { noBar, timesBetter, timesTheCost } from '../harness/bars.mjs';
import { mapValues } from '../harness/map-values.mjs';
import { nanosecondsPer, size } from '../harness/units.mjs';
import {
  eventemitter3,
  loop,
  mitt,
  nanoevents,
  node,
  ours,
  oursToObservers,
  Subject,
  tseep,
} from '../peers/emitters.mjs';

const WIDTHS = [1, 10, 100, 1_000];

export const rows = (scale) => [
  ...WIDTHS.map((width) => ({
    ...row,
    title: `fan-out to ${recipients(width)}`,
    bar: width < 10 ? noBar : timesTheCost(2, { of: 'nanoevents', aim: 1.5 }),
    contestants: contestants({ ours, loop, nanoevents, tseep, mitt, eventemitter3, node, Subject }, width, scale),
  })),
  ...WIDTHS.map((width) => ({
    ...row,
    title: `fan-out to ${observers(width)}`,
    bar: timesBetter(3, { than: ['Subject'] }),
    contestants: contestants({ ours: oursToObservers, Subject }, width, scale),
  })),
];

const row = { id: 'P5', unit: nanosecondsPer('send') };

const recipients = (width) => (width === 1 ? '1 recipient' : `${size(width)} recipients`);

const observers = (width) => (width === 1 ? '1 observer' : `${size(width)} observers`);

const contestants = (peers, width, scale) => mapValues(peers, (open) => fanOut(open, width, (2e6 * scale) / width));

/** Counts what reaches it. Object and function do the same on the same field, one call deep each. */
class Recipient {
  received = 0;
  receive = (message) => {
    this.received = (this.received + message) | 0;
  };
  send(message) {
    this.received = (this.received + message) | 0;
  }
}

export const fanOut = (open, width, sends) => async () => {
  const all = Array.from({ length: width }, () => new Recipient());
  const emit = await open(all);

  return async (share) => {
    const operations = sends * share;
    for (const recipient of all) recipient.received = 0;
    let sent = 0;
    for (let message = 1; message <= operations; message++) {
      emit(message);
      sent = (sent + message) | 0;
    }
    const wrong = all.filter(({ received }) => received !== sent).length;
    return {
      operations,
      problem: wrong ? `${wrong} of ${width} recipients got something else than what was sent` : undefined,
    };
  };
};
