import { getExchange } from 'rx-actors';

const steps = getExchange<string>('steps');
const walk = (async () => {
  for await (const step of steps) {
    console.log(step);
    if (step === 'right') break;
  }
  console.log('still subscribed:', steps.subscriberCount);
})();
for (const step of ['left', 'right', 'left']) steps.send(step);
await walk;
// prints:
// left
// right
// still subscribed: 0
