import { concat, NEVER, of, share } from 'rxjs';
import { Exchange } from 'rx-actors';

// What share(), connectable() and connect() make of a source, an exchange can be in the middle of.
const shared = concat(of('ready', 'steady', 'go'), NEVER).pipe(share({ connector: () => new Exchange({ replay: 1 }) }));
shared.subscribe((word) => console.log('first:', word));
shared.subscribe((word) => console.log('late:', word));
// prints:
// first: ready
// first: steady
// first: go
// late: go
