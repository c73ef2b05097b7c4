/** The ids of the events of each stream, by revision. */
export type StreamsModel = ReadonlyMap<string, readonly string[]>;

export interface Attempt {
  readonly stream: string;
  readonly expected: number;
  readonly ids: readonly string[];
}

/** The revision that an append gave, or that it was refused. */
export type Outcome = number | 'wrong-expected-revision';

export interface Observation {
  readonly attempt: Attempt;
  readonly outcome: Outcome;
}

/** What an append makes of the streams, by the rules of `Streams.append`. */
export function append(
  streams: StreamsModel,
  attempt: Attempt,
): { readonly after: StreamsModel; readonly outcome: Outcome } {
  const { stream, expected, ids } = attempt;
  const before = streams.get(stream) ?? [];
  const revision = expected + ids.length;
  const place = before.slice(expected + 1, revision + 1);
  if (expected === before.length - 1) {
    return { after: new Map([...streams, [stream, [...before, ...ids]]]), outcome: revision };
  }
  const isRepeat = place.length === ids.length && place.every((id, index) => id === ids[index]);
  return { after: streams, outcome: isRepeat ? revision : 'wrong-expected-revision' };
}

/**
 * The streams behind appends that ran at once, if some order of them explains what was observed (Herlihy and Wing's
 * linearizability); else undefined.
 */
export function explain(before: StreamsModel, observed: readonly Observation[]): StreamsModel | undefined {
  if (observed.length === 0) return before;
  for (const [index, { attempt, outcome }] of observed.entries()) {
    const next = append(before, attempt);
    const explained = next.outcome === outcome ? explain(next.after, observed.toSpliced(index, 1)) : undefined;
    if (explained) return explained;
  }
  return undefined;
}
