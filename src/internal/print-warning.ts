/** Tells a developer what looks like a mistake, where nothing else was said to do so. */
export function printWarning(message: string): void {
  console.warn(`rx-actors: ${message}`);
}
