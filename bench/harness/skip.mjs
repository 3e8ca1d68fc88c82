/** Thrown by a contestant that has nothing to measure, with the reason: the table shows – and says why. */
export class Skip extends Error {}
