import { config } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { reportError, reportErrorNow } from '../../src/internal/report-error.js';
import { thrownBy } from '../recorder.js';
import { unhandledErrors } from '../unhandled-errors.js';

// RxJS reports from a timer.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout'] }));
afterEach(() => void vi.useRealTimers());

/** Everything that is reported, as soon as it is. */
const reports = (): unknown[] => {
  const reported: unknown[] = [];
  unhandledErrors().subscribe((error) => reported.push(error));
  return reported;
};

describe('reportError', () => {
  it('hands the error to RxJS, behind whatever runs', () => {
    const reported = reports();
    reportError('error');
    expect(reported).toEqual([]);
    vi.runAllTimers();
    expect(reported).toEqual(['error']);
  });

  it('lets RxJS throw it from a timer where nobody wants to hear it', () => {
    unhandledErrors();
    config.onUnhandledError = null;
    reportError('error');
    expect(thrownBy(() => vi.runAllTimers())).toBe('error');
  });
});

describe('reportErrorNow', () => {
  it('hands the error over at once, and once', () => {
    const reported = reports();
    reportErrorNow('error');
    expect(reported).toEqual(['error']);
    vi.runAllTimers();
    expect(reported).toEqual(['error']);
  });

  it('lets RxJS throw it from a timer where nobody wants to hear it', () => {
    unhandledErrors();
    config.onUnhandledError = null;
    reportErrorNow('error');
    expect(thrownBy(() => vi.runAllTimers())).toBe('error');
  });

  it('reports what the one who hears it throws', () => {
    unhandledErrors();
    const heard: unknown[] = [];
    config.onUnhandledError = (error) => {
      heard.push(error);
      if (error === 'error') throw 'from the report';
    };
    reportErrorNow('error');
    expect(heard).toEqual(['error']);
    vi.runAllTimers();
    expect(heard).toEqual(['error', 'from the report']);
  });
});
