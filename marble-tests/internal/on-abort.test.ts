import { describe, expect, it } from 'vitest';
import { onAbort } from '../../src/internal/on-abort.js';

describe('onAbort', () => {
  it('calls back with the reason, once', () => {
    const controller = new AbortController();
    const reasons: unknown[] = [];
    onAbort(controller.signal, (reason) => reasons.push(reason));
    expect(reasons).toEqual([]);
    controller.abort('enough');
    controller.abort('again');
    expect(reasons).toEqual(['enough']);
  });

  it('calls back at once when the signal has been aborted before', () => {
    const reasons: unknown[] = [];
    const stop = onAbort(AbortSignal.abort('enough'), (reason) => reasons.push(reason));
    expect(reasons).toEqual(['enough']);
    stop();
    expect(reasons).toEqual(['enough']);
  });

  it('stops listening when it is told so', () => {
    const controller = new AbortController();
    const reasons: unknown[] = [];
    onAbort(controller.signal, (reason) => reasons.push(reason))();
    controller.abort('enough');
    expect(reasons).toEqual([]);
  });
});
