import fc from 'fast-check';
import { ActorSystem, Exchange } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { namedLettersOf } from '../recorder.js';

/** A random network. Exchanges, tasks and observers are indices. */
interface Network {
  readonly size: number;
  /** A link lets through what its `every` divides. */
  readonly links: readonly { readonly from: number; readonly to: number; readonly every: number }[];
  readonly attached: readonly { readonly at: number; readonly task: number }[];
  /** At which exchanges there is an observer. */
  readonly observed: readonly number[];
  /** Where messages are sent; the n-th message is the number n. */
  readonly sends: readonly number[];
  /** What a task sends on when it gets its n-th message: where, or nowhere. */
  readonly answers: readonly (readonly (number | undefined)[])[];
}

const TASKS = 4;
const MOST = 60;

const networks: fc.Arbitrary<Network> = fc.integer({ min: 1, max: 5 }).chain((size) => {
  const place = fc.nat({ max: size - 1 });
  return fc.record({
    size: fc.constant(size),
    links: fc.array(fc.record({ from: place, to: place, every: fc.constantFrom(1, 1, 1, 2, 3) }), { maxLength: 10 }),
    attached: fc.array(fc.record({ at: place, task: fc.nat({ max: TASKS - 1 }) }), { maxLength: 8 }),
    observed: fc.array(place, { maxLength: 6 }),
    sends: fc.array(place, { minLength: 1, maxLength: 6 }),
    answers: fc.array(fc.array(fc.option(place, { nil: undefined }), { maxLength: 3 }), {
      minLength: TASKS,
      maxLength: TASKS,
    }),
  });
});

/** The exchanges that a message reaches. */
function reached({ links }: Network, origin: number, message: number): Set<number> {
  const found = new Set([origin]);
  for (const at of found) {
    for (const { from, to, every } of links) if (from === at && message % every === 0) found.add(to);
  }
  return found;
}

describe('X6 a network under random programs', () => {
  it('X6 X7 O5 gives each publication once to everybody it reaches, in one order for each exchange', () => {
    fc.assert(
      fc.property(networks, (program) => {
        const network = { ...program, links: [...unique(program.links)] };
        const system = new ActorSystem();
        const letters = namedLettersOf(system);
        const all = Array.from({ length: network.size }, (_, at) => new Exchange<number>({ system, name: `${at}` }));
        const origins: number[] = [];
        const tasks: number[][] = Array.from({ length: TASKS }, () => []);
        const observers = network.observed.map((at) => ({ at, got: [] as number[] }));
        const send = (at: number): void => {
          if (origins.length < MOST) all[at].send(origins.push(at) - 1);
        };
        const recipients = tasks.map((got, task) => ({
          send: (message: number) => {
            const to = network.answers[task].at(got.push(message) - 1);
            if (to !== undefined && got.length <= network.answers[task].length) send(to);
          },
        }));
        const places = network.attached.map(({ at, task }) => `${at}:${task}`);
        for (const { from, to, every } of network.links) {
          all[from].attach(all[to], { filter: (message) => message % every === 0 });
        }
        for (const { at, task } of network.attached) all[at].attach(recipients[task]);
        for (const { at, got } of observers) all[at].subscribe((message) => got.push(message));
        network.sends.forEach(send);

        const expectedLetters: string[] = [];
        const expectedTasks: number[][] = tasks.map(() => []);
        origins.forEach((origin, message) => {
          const through = [...reached(network, origin, message)];
          tasks.forEach((_, task) => {
            if (through.some((at) => places.includes(`${at}:${task}`))) expectedTasks[task].push(message);
          });
          const ends = (at: number): boolean =>
            network.attached.some((each) => each.at === at) || network.observed.includes(at);
          const leads = (at: number): boolean =>
            network.links.some(({ from, every }) => from === at && message % every === 0);
          const lost = through.filter((at) => !ends(at) && !leads(at)).map((at) => `${at}:${message} unrouted`);
          expectedLetters.push(...lost);
          // Each has somebody to give it to, and there is nobody all the same.
          if (lost.length === 0 && !through.some(ends)) expectedLetters.push(`ring:${message} unrouted`);
        });
        const byNumber = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b);
        expect(tasks.map(byNumber)).toEqual(expectedTasks);
        for (const { at, got } of observers) {
          const through = origins.flatMap((origin, message) =>
            reached(network, origin, message).has(at) ? [message] : [],
          );
          expect(byNumber(got)).toEqual(through);
          expect(observers.filter((other) => other.at === at).map((other) => other.got)).toEqual(
            observers.filter((other) => other.at === at).map(() => got),
          );
        }
        // In a ring it is whichever exchange is done last.
        const rings = new Set(expectedLetters.filter((letter) => letter.startsWith('ring')).map(numberOf));
        const seen = letters.map((letter) => (rings.has(numberOf(letter)) ? `ring:${letter.split(':')[1]}` : letter));
        expect([...seen].sort()).toEqual([...expectedLetters].sort());
      }),
      { numRuns: 3_000 },
    );
  });
});

const numberOf = (letter: string): string => /:(\d+)/.exec(letter)![1];

/** One link from one exchange to another: attaching twice with other options is refused. */
function unique(links: Network['links']): Network['links'] {
  return links.filter(
    (link, index) => links.findIndex(({ from, to }) => from === link.from && to === link.to) === index,
  );
}
