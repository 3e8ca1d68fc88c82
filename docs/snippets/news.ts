import { filter } from 'rxjs';
import { actor, getExchange } from 'rx-actors';

const news = getExchange<string>('news');
const archive = actor((line: string) => console.log('archive:', line));
const screen = { send: (line: string) => console.log('screen:', line) };

{
  using attached = news.subscribe(archive, screen);
  const urgent = news.pipe(filter((line) => line.endsWith('!'))).subscribe((line) => console.log('urgent:', line));
  news.send('rain');
  news.send('storm!');
  urgent.unsubscribe();
}
console.log('attached:', news.subscriberCount);
// prints:
// screen: rain
// screen: storm!
// urgent: storm!
// attached: 0
// archive: rain
// archive: storm!
