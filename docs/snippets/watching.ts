import { actor, type Termination } from 'rx-actors';

type Message =
  { readonly type: 'download'; readonly file: string } | { readonly type: 'over'; readonly how: Termination };

const manager = actor((message: Message, { self, watch }) => {
  if (message.type === 'over') {
    console.log('the download is over:', message.how.kind);
    self.close();
    return;
  }
  const download = actor((file: string, context) => {
    console.log('downloading', file);
    context.self.close();
  });
  watch(download, (how) => ({ type: 'over', how }));
  download.send(message.file);
});
manager.send({ type: 'download', file: 'a.txt' });
await manager.join();
// prints:
// downloading a.txt
// the download is over: closed
