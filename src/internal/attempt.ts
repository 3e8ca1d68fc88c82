import { reportError } from './report-error.js';

/** Calls what is the user's; what it throws is reported, and harms nobody here. */
export function attempt(call: () => void): void {
  try {
    call();
  } catch (error) {
    reportError(error);
  }
}
