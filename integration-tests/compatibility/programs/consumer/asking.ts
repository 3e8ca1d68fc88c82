import { catchError, firstValueFrom, from, lastValueFrom, map, of, timer, toArray } from 'rxjs';
import { actor, askAll, askFirst, askWith, isActorError, MailboxFullError } from 'rx-actors';

/** Questions and answers, and what comes instead of an answer. */
export async function asking(): Promise<void> {
  const lengths = actor((text: string) => timer(1).pipe(map(() => text.length)));
  const flags = actor((text: string) => timer(20).pipe(map(() => text.startsWith('a'))));

  console.log('ask:', await lastValueFrom(lengths.ask('four')));
  console.log('askWith:', (await lastValueFrom(from(['a', 'bb']).pipe(askWith(lengths), toArray()))).join());
  const [length, flag] = await lastValueFrom(askAll([lengths, flags], 'abc'));
  console.log('askAll:', length.toFixed(1), flag ? 'yes' : 'no');
  console.log('askFirst:', await lastValueFrom(askFirst([lengths, flags], 'abc')));
  lengths.close();
  flags.close();

  const never = actor<string, number>(() => timer(1_000_000).pipe(map(() => 0)), {
    name: 'never',
    mailbox: { capacity: 1 },
  });
  never.send('running');
  await firstValueFrom(timer(1));
  const code = (error: unknown) => of(isActorError(error) ? error.code : 'not ours');
  console.log('late:', await firstValueFrom(never.ask('a', { timeout: 5 }).pipe(catchError(code))));
  never.send('waiting');
  await firstValueFrom(
    never.ask('b').pipe(
      catchError((error: unknown) => {
        if (error instanceof MailboxFullError) console.log('full:', error.actor, error.capacity);
        return of(0);
      }),
    ),
  );
  never.kill();
  console.log('closed:', await firstValueFrom(never.ask('c').pipe(catchError(code))));
}
