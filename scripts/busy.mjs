// Makes a process slow at random, as a machine is that has other things to do: `node --import ./scripts/busy.mjs program.js`.
// What it prints has to stay the same: clocks decide nothing.
const LONGEST = 40;

const block = () => {
  const until = performance.now() + Math.random() * LONGEST;
  while (performance.now() < until);
};

// Both between and beside the timers of the program; neither keeps it alive.
setInterval(block, 1).unref();
const again = () => {
  block();
  setTimeout(again, 3).unref();
};
setTimeout(again, 2).unref();
