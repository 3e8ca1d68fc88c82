import { Exchange } from '../library.mjs';
import { Reader } from '../reader.mjs';
import { pause } from '../waits.mjs';

/** Exchanges in a ring: a publication of any comes to every recipient once, and to every observer. */
export async function links({ account, system, random }) {
  const ring = Array.from({ length: random.int(2, 4) }, () => new Exchange({ system }));
  ring.forEach((exchange, index) => exchange.attach(ring[(index + 1) % ring.length]));
  const readers = Array.from({ length: random.int(0, 6) }, () => new Reader(account));
  const wheres = readers.map((reader) => ring.filter((exchange) => random.chance(0.5) && exchange.attach(reader)));
  const observers = random.int(0, 3);
  for (let n = 0; n < observers; n++) {
    random.pick(ring).subscribe((message) => {
      message.begin();
      message.done();
    });
  }
  const size = random.int(1, 100);
  for (let n = 0; n < size; n++) {
    const takers = wheres.filter(({ length }) => length > 0).length + observers;
    const number = account.nextNumber();
    // Nobody takes it: a dead letter, once.
    random.pick(ring).send(account.message({ number }, Math.max(1, takers)));
    if (random.chance(0.05)) await pause();
    if (readers.length > 0 && random.chance(0.1)) move(random.int(0, readers.length - 1));
  }
  for (const exchange of ring) exchange.complete();

  /** One is detached everywhere, and attached somewhere else. */
  function move(index) {
    for (const exchange of wheres[index]) exchange.detach(readers[index]);
    wheres[index] = ring.filter((exchange) => random.chance(0.5) && exchange.attach(readers[index]));
  }
}
