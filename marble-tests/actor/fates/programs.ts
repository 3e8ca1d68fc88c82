import fc from 'fast-check';
import {
  KINDS,
  PLACES,
  SELF,
  WORKS,
  type Act,
  type ContextAct,
  type Kind,
  type OpenAct,
  type Place,
  type Program,
  type Setup,
  type Spec,
  type Step,
  type SupervisionSetup,
  type Work,
} from './program.js';

/** How large the programs are, and who is in them. */
export interface Extent {
  readonly kinds?: readonly Kind[];
  readonly actors: number;
  readonly steps: number;
}

/** So late that it would be seen to be left over when a program has come to its end. */
const FAR = 10_000;

const one = fc.constantFrom;
const act = <T extends object>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc.record(model) as fc.Arbitrary<T>;
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

/** Failures are a part, but not so large a part that nothing else is left. */
const work = fc.oneof(
  one<Work>('nothing', 'values', 'sync', 'slow', 'slow'),
  one<Work>('nothing', 'values', 'sync', 'slow', 'slow'),
  one(...WORKS),
);
const priority = fc.nat(2);
const leaf: fc.Arbitrary<Spec> = fc.record({ work, priority });

/** The actor that acts comes up as often as all the others together. */
const anybody = fc.oneof(one(SELF), fc.nat(5));

const supervision = one<SupervisionSetup>(
  { type: 'stop' },
  { type: 'resume' },
  { type: 'restart' },
  { type: 'restart', limit: 1, within: 2 },
  { type: 'restart', limit: 2, within: 10 },
  { type: 'restart', backoff: { min: 1, max: 4 } },
  { type: 'restart', backoff: { min: FAR, max: FAR } },
);

const setupOf = (kinds: readonly Kind[]): fc.Arbitrary<Setup> =>
  fc.record({
    kind: one(...kinds),
    capacity: maybe(fc.integer({ min: 1, max: 3 })),
    overflow: one('drop-newest', 'drop-newest', 'drop-oldest', 'priority'),
    supervision,
    parent: maybe(fc.nat(3)),
    siblings: one('one-for-one', 'one-for-all', 'rest-for-one'),
    stashCapacity: fc.oneof(one(undefined), fc.integer({ min: 0, max: 3 })),
    started: fc.oneof({ weight: 5, arbitrary: one(true) }, fc.boolean()),
    observed: fc.boolean(),
  });

const openAct = (message: fc.Arbitrary<Spec>, who: fc.Arbitrary<number>): fc.Arbitrary<OpenAct> =>
  fc.oneof(
    { weight: 12, arbitrary: act({ do: one('send'), to: who, message }) },
    {
      weight: 10,
      arbitrary: act({
        do: one('ask'),
        to: who,
        message,
        timeout: maybe(fc.oneof(fc.nat(6), one(10 * FAR))),
        wait: fc.boolean(),
        first: fc.boolean(),
        signal: fc.boolean(),
      }),
    },
    { weight: 4, arbitrary: act({ do: one('offer'), to: who, message }) },
    { weight: 3, arbitrary: act({ do: one('cancel'), which: fc.nat(20) }) },
    { weight: 3, arbitrary: act({ do: one('publish'), message }) },
    { weight: 3, arbitrary: act({ do: one('attach', 'attach', 'detach'), who }) },
    { weight: 3, arbitrary: act({ do: one('start', 'error', 'kill', 'close'), who }) },
    { weight: 1, arbitrary: act({ do: one('complete') }) },
  );

const key = fc.nat(1);
const aside = one<ContextAct>({ do: 'stash' }, { do: 'unstash' });
/** What comes of time and of the family may be put aside, too, or be the last. */
const last: fc.Arbitrary<OpenAct> = act({ do: one('kill', 'close'), who: one(SELF) });
const came: fc.Arbitrary<Spec> = fc.record({
  work,
  priority,
  acts: fc.array(
    fc.oneof<fc.WeightedArbitrary<Act>[]>({ weight: 4, arbitrary: aside }, { weight: 1, arbitrary: last }),
    {
      maxLength: 1,
    },
  ),
});
const time = fc.oneof(
  { weight: 4, arbitrary: act({ do: one('timer'), key, delay: fc.nat(4), source: fc.boolean(), message: came }) },
  { weight: 1, arbitrary: act({ do: one('cancelTimer'), key }) },
) as fc.Arbitrary<ContextAct>;
const family = fc.oneof(
  { weight: 4, arbitrary: act({ do: one('watch'), who: anybody, message: came }) },
  { weight: 1, arbitrary: act({ do: one('unwatch'), who: anybody }) },
  { weight: 1, arbitrary: one({ do: 'become' }) },
  { weight: 2, arbitrary: act({ do: one('spawn'), setup: setupOf(['behavior']) }) },
  { weight: 2, arbitrary: act({ do: one('kill', 'close'), who: fc.nat(5) }) },
) as fc.Arbitrary<Act>;

/** What the behaviors of one program do with their contexts; all that they can, or, so that it is done often, some of it. */
const THEMES = [fc.oneof<fc.Arbitrary<Act>[]>(aside, time, family), aside, time, family];

const place = fc.oneof({ weight: 3, arbitrary: one<Place>('start') }, one(...PLACES));

function stepOf(theme: fc.Arbitrary<Act>): fc.Arbitrary<Step> {
  const anyAct = fc.oneof<fc.WeightedArbitrary<Act>[]>(
    { weight: 1, arbitrary: openAct(leaf, anybody) },
    { weight: 2, arbitrary: theme },
  );
  const acts = fc.array(anyAct, { minLength: 1, maxLength: 3 });
  const message: fc.Arbitrary<Spec> = fc.oneof(
    { weight: 1, arbitrary: leaf },
    { weight: 2, arbitrary: fc.record({ work, priority, place, acts }) },
  );
  return fc.oneof(
    { weight: 4, arbitrary: openAct(message, fc.nat(5)) },
    { weight: 1, arbitrary: act({ do: one('pass' as const), time: fc.integer({ min: 1, max: 4 }) }) },
  );
}

/** Programs of a certain extent. */
export const programs = ({ kinds = KINDS, actors, steps }: Extent): fc.Arbitrary<Program> =>
  fc.record({
    setups: fc.array(setupOf(kinds), { minLength: 1, maxLength: actors }),
    steps: fc.oneof(...THEMES.map((theme) => fc.array(stepOf(theme), { minLength: steps / 4, maxLength: steps }))),
    finish: one('kill', 'close', 'timeout'),
    inspected: fc.boolean(),
  });
