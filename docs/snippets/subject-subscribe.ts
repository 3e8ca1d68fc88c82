import { Exchange } from 'rx-actors';

const readings = new Exchange<number>();
const sum = {
  total: 0,
  send(reading: number) {
    this.total += reading;
  },
};
// A recipient: attached once, however often it is attached, and detached by what it is.
readings.attach(sum);
readings.attach(sum);
// An observer: as often as it subscribes, unsubscribed by its subscription, told of the end.
const next = (reading: number) => console.log('observed', reading);
const first = readings.subscribe({ next, complete: () => console.log('over') });
readings.subscribe(next);
console.log(readings.subscriberCount, 'are there');

readings.send(5);
first.unsubscribe();
readings.detach(sum);
readings.send(6);
console.log('the sum is', sum.total);
// prints:
// 3 are there
// observed 5
// observed 5
// observed 6
// the sum is 5
