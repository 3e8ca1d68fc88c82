/** After so many milliseconds in which a scene has not got anywhere it hangs, and would for ever. */
const PATIENCE = 60_000;

/**
 * Ends the process when a scene hangs: who waits for a message that was lost would wait for ever.
 *
 * @returns Stops watching.
 */
export function watchProgress(ledger, stages) {
  const fail = (hanging) => {
    for (const { name, at } of hanging) console.error(`${name} hangs: ${at.open}`);
    for (const detail of ledger.details) console.error(detail);
    process.exit(1);
  };
  let before = new Map();
  const timer = setInterval(() => {
    const playing = stages.filter(({ at }) => at !== undefined);
    const hanging = playing.filter(({ at }) => before.get(at) === at.met);
    if (hanging.length > 0) fail(hanging);
    before = new Map(playing.map(({ at }) => [at, at.met]));
  }, PATIENCE);
  // Without a timer or anything else that could bring it on, Node would end the process as if all were well.
  timer.unref();
  const ends = () => {
    console.error('Nothing goes on any more.');
    fail(stages.filter(({ at }) => at !== undefined));
  };
  process.once('beforeExit', ends);
  return () => {
    clearInterval(timer);
    process.off('beforeExit', ends);
  };
}
