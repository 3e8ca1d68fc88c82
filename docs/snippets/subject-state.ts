import { Exchange } from 'rx-actors';

// Where there was a BehaviorSubject: the last message for whoever comes late, and to look at.
const theme = new Exchange<'light' | 'dark'>({ replay: 1 });
theme.send('light');
theme.subscribe((name) => console.log('theme:', name));
theme.send('dark');
console.log('now:', theme.current);
// prints:
// theme: light
// theme: dark
// now: dark
