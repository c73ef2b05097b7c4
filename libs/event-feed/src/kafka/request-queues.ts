import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';

let areMended = false;

/**
 * kafkajs 2.2.4 sets a timer on each connection for the end of a throttling that there is not: of minus some fifty years,
 * which Node makes 1 ms and warns of (kafkajs#1751), and again each time it rings, so that idle connections keep the
 * process busy. It needs the timer only while requests wait.
 */
export function mendRequestQueues(): void {
  if (areMended) return;
  areMended = true;
  const schedule = RequestQueue.prototype.scheduleCheckPendingRequests;
  RequestQueue.prototype.scheduleCheckPendingRequests = function scheduleWhileRequestsWait(): void {
    if (this.pending.length > 0) schedule.call(this);
  };
}
