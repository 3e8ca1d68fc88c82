import { getTopicExchange } from 'rx-actors';

const events = getTopicExchange<string>('events');
const audit = { send: (message: string) => console.log('audit:', message) };

events.bind('order.*', audit);
events.bind('#.paid', audit);
events.topic('#').subscribe((message) => console.log('everything:', message));

events.publish('order.placed', 'a book');
events.publish('order.eu.paid', 'the book');
events.publish('order.paid', 'the other book');
// prints:
// audit: a book
// everything: a book
// audit: the book
// everything: the book
// audit: the other book
// everything: the other book
