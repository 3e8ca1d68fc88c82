import { map, timer } from 'rxjs';
import { actorPool } from 'rx-actors';

interface Booking {
  readonly account: string;
  readonly amount: number;
}

const bookings = actorPool(({ account, amount }: Booking) => timer(amount).pipe(map(() => `${account}: ${amount}`)), {
  size: 4,
  routing: { hash: ({ account }) => account },
});
bookings.subscribe((booked) => console.log(booked));

bookings.send({ account: 'ann', amount: 30 });
bookings.send({ account: 'bob', amount: 5 });
bookings.send({ account: 'ann', amount: 1 });
// prints:
// bob: 5
// ann: 30
// ann: 1
