import { count, table } from '../text.js';
import { reasons } from './ledger.js';
import { ARCHIVER_CAPACITY, type Outcome } from './work-on-file.js';

/** What has come of a file, as text. */
export function report({ stations, accounts, seconds, lines, highWater, waits }: Outcome): string {
  const found = stations.flatMap((station) =>
    station.findings().map((finding, index) => `${(index === 0 ? station.actor.name : '').padEnd(18)} ${finding}`),
  );
  const messages = accounts.reduce((sum, account) => sum + account.sent, 0);
  const letters = reasons.map((reason, index) => {
    const total = accounts.reduce((sum, { deadLetters }) => sum + deadLetters[index], 0);
    return `${count(total)} ${reason}`;
  });
  const rows = accounts.map(({ name, sent, processed, deadLetters, addsUp }) => [
    name,
    ...[sent, processed, ...deadLetters].map(count),
    addsUp ? 'yes' : 'NO',
  ]);
  return `${found.join('\n')}

time               ${seconds.toFixed(2)} s
throughput         ${count(lines / seconds)} lines/s, ${count(messages / seconds)} messages/s
back-pressure      at most ${count(highWater)} of ${ARCHIVER_CAPACITY} lines waited for the archiver, the reading waited for it ${count(waits)} times
dead letters       ${letters.join(', ')}

How every message ended: sent = processed + dead letters
${table([['actor', 'sent', 'processed', ...reasons, 'adds up'], ...rows])}`;
}
