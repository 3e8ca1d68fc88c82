import { map, switchMap, timer, type Observable } from 'rxjs';
import { Actor } from 'rx-actors';

/** A newer query takes the place of the one that is under way. */
class SearchBox extends Actor<string, string> {
  protected override run(): Observable<string> {
    return this.mailbox.pipe(switchMap((query) => timer(10).pipe(map(() => `results for ${query}`))));
  }
}

const search = new SearchBox().start();
search.subscribe((results) => console.log(results));
search.send('a');
search.send('ac');
search.send('actors');
search.close();
await search.join();
// prints:
// results for actors
