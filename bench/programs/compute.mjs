/** What Savina lets an actor do with a message that is to cost something. */
export function compute(theta) {
  const sine = Math.sin(theta);
  return sine * sine;
}
