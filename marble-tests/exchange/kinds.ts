import { map, Subject } from 'rxjs';
import type { Exchange } from 'rx-actors';
import { listener, observer, recipient } from '../recorder.js';

/** Everything that can stand at the other end of a binding; what it gets is noted, then something is done. */
export const kinds = {
  recipient: (exchange: Exchange<string>, log: string[], name: string, then?: (message: string) => void) =>
    exchange.attach(recipient(log, name, then)),
  listener: (exchange: Exchange<string>, log: string[], name: string, then?: (message: string) => void) =>
    exchange.subscribe(listener(log, name, then)),
  observer: (exchange: Exchange<string>, log: string[], name: string, then?: (message: string) => void) =>
    exchange.subscribe(observer(log, name, then)),
  operator: (exchange: Exchange<string>, log: string[], name: string, then?: (message: string) => void) =>
    exchange.pipe(map((message) => message)).subscribe(listener(log, name, then)),
  subject: (exchange: Exchange<string>, log: string[], name: string, then?: (message: string) => void) => {
    const subject = new Subject<string>();
    subject.subscribe(listener(log, name, then));
    return exchange.subscribe(subject);
  },
} as const;
type Kind = keyof typeof kinds;
export const everyKind = Object.keys(kinds) as Kind[];
