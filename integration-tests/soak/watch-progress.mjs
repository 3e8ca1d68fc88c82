/** After so many milliseconds in which no message has met a fate something hangs, and would for ever. */
const PATIENCE = 60_000;

/**
 * Ends the process when nothing goes on any more: who waits for a message that was lost would wait for ever.
 *
 * @returns Stops watching.
 */
export function watchProgress(ledger, stages) {
  const hangs = () => {
    console.error('Nothing goes on any more.');
    for (const { name, at } of stages) if (at !== undefined) console.error(`${name} waits: ${at.open}`);
    for (const detail of ledger.details) console.error(detail);
    process.exit(1);
  };
  let last = ledger.progress;
  const timer = setInterval(() => {
    if (ledger.progress === last) hangs();
    last = ledger.progress;
  }, PATIENCE);
  // Without a timer or anything else that could bring it on, Node would end the process as if all were well.
  timer.unref();
  process.once('beforeExit', hangs);
  return () => {
    clearInterval(timer);
    process.off('beforeExit', hangs);
  };
}
