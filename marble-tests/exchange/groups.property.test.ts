import fc from 'fast-check';
import { ActorSystem, Exchange, type Recipient } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { lettersOf } from '../recorder.js';

const group = 'workers';

/** What the programs of the property do; a member is an index, and lets through what its index divides. */
interface Step {
  readonly do: 'send' | 'attach' | 'detach';
  readonly target: number;
}

const MEMBERS = 4;
const takes = (member: number, message: number): boolean => message % (member + 1) === 0;

describe('X4 a group under random programs', () => {
  it('X4.1 X4.3 gives each message to exactly one that lets it through, to nobody only when there is none', () => {
    const steps = fc.array(
      fc.record<Step>({
        do: fc.constantFrom('send', 'send', 'send', 'attach', 'attach', 'detach'),
        target: fc.nat({ max: MEMBERS - 1 }),
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(steps, fc.array(steps, { maxLength: 6 }), (program, reactions) => {
        const system = new ActorSystem();
        const letters = lettersOf(system);
        const exchange = new Exchange<number>({ system });
        const taken: number[][] = [];
        const wanted: boolean[] = [];
        const present = new Set<number>();
        let sent = 0;
        let turn = 0;
        const members = Array.from({ length: MEMBERS }, (_, index): Recipient<number> => ({
          send: (message) => {
            (taken[message] ??= []).push(index);
            reactions.at(turn++ % Math.max(1, reactions.length))?.forEach(run);
          },
        }));
        let depth = 0;
        const run = ({ do: what, target }: Step): void => {
          if (what === 'attach') {
            exchange.attach(members[target], { group, filter: filters[target] });
            present.add(target);
          } else if (what === 'detach') {
            exchange.detach(members[target]);
            present.delete(target);
          } else if (sent < 200 && depth < 3) {
            depth++;
            exchange.send(sent++);
            depth--;
          }
        };
        const filters = members.map((_, index) => (message: number) => takes(index, message));
        // The first to see a message notes whether anybody is there for it, and takes none itself.
        const note = (message: number): boolean => {
          wanted[message] = [...present].some((member) => takes(member, message));
          return false;
        };
        exchange.attach({ send: () => undefined }, { filter: note });
        program.forEach(run);
        const fates = Array.from({ length: sent }, (_, message) => ({
          takers: taken[message]?.length ?? 0,
          fits: (taken[message] ?? []).every((member) => takes(member, message)),
        }));
        expect(fates).toEqual(wanted.map((wants) => ({ takers: wants ? 1 : 0, fits: true })));
        const lost = wanted.flatMap((wants, message) => (wants ? [] : [`${message} unrouted`]));
        expect(letters).toEqual(lost);
      }),
      { numRuns: 2_000 },
    );
  });
});
