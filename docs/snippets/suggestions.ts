import { catchError, debounceTime, distinctUntilChanged, map, of, Subject, switchMap, timer } from 'rxjs';
import { actor } from 'rx-actors';

/** Stands for `(query, { signal }) => fetch(url, { signal })`: it is one for the whole page, and asked one after another. */
const server = actor((query: string) => timer(5).pipe(map(() => [`${query} one`, `${query} two`])));

// The input of a page.
const typed = new Subject<string>();
typed
  .pipe(
    debounceTime(20),
    distinctUntilChanged(),
    // A newer query unsubscribes the ask before: that leaves the mailbox, or its `signal` is aborted.
    switchMap((query) => server.ask(query, { timeout: 5_000 }).pipe(catchError(() => of<string[]>([])))),
  )
  .subscribe((suggestions) => console.log(suggestions));

for (const query of ['a', 'ac', 'actor']) typed.next(query);
// prints:
// [ 'actor one', 'actor two' ]
