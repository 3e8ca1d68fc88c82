import { consumer } from './consumer.js';

await consumer();
