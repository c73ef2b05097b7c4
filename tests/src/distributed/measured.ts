/** Tells what a long run has measured: milliseconds, with which seed to have the same again. */
export function tell(what: string, milliseconds: readonly number[], seed: number): void {
  const sorted = milliseconds.toSorted((a, b) => a - b).map(Math.round);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
  const figures = `median ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${at(1)} ms`;
  process.stdout.write(`${sorted.length} ${what}: ${figures} (SILLAGE_SEED=${seed}; all: ${sorted.join(' ')})\n`);
}
