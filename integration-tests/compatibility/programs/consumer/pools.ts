import { lastValueFrom, map, timer, toArray } from 'rxjs';
import { actorPool } from 'rx-actors';

interface Booking {
  readonly account: string;
  readonly delay: number;
}

/** The same behavior several times. */
export async function pools(): Promise<void> {
  const book = ({ account, delay }: Booking) => timer(delay).pipe(map(() => `${account} ${delay}`));
  const byKey = actorPool(book, { size: 4, routing: { hash: ({ account }) => account } });
  const booked = lastValueFrom(byKey.pipe(toArray()));
  byKey.send({ account: 'ann', delay: 60 });
  byKey.send({ account: 'bob', delay: 5 });
  byKey.send({ account: 'ann', delay: 1 });
  byKey.close();
  console.log('by key:', (await booked).join());

  await using squares = actorPool((n: number) => [n * n], { size: 2, routing: 'least-pending' });
  console.log('asked:', await lastValueFrom(squares.ask(7)));
  squares.resize(3);
  console.log('size:', squares.size);
}
