import { Exchange } from 'rx-actors';

const [north, south, all] = ['north', 'south', 'all'].map((name) => new Exchange<string>({ name }));
all.subscribe((line) => console.log('all:', line));
north.subscribe((line) => console.log('north:', line));

north.attach(all);
south.attach(all, { map: (line) => `${line} in the south` });
// Both ways: what has come from there does not go back.
all.attach(north);

south.send('rain');
north.send('snow');
// prints:
// all: rain in the south
// north: rain in the south
// north: snow
// all: snow
