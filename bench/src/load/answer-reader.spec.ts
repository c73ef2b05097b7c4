import { describe, expect, it } from '@jest/globals';
import { AnswerReader, UnreadableAnswer } from './answer-reader.js';

const ANSWER = 'HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{"id":"né"}';

describe('answers on a connection', () => {
  it('are read whatever the pieces they come in', () => {
    const bytes = Buffer.from(ANSWER.replace('11', String(Buffer.byteLength('{"id":"né"}'))));
    for (let size = 1; size <= bytes.length; size += 1) {
      const reader = new AnswerReader();
      const answers = pieces(bytes, size).flatMap((piece) => reader.push(piece) ?? []);
      expect(answers.map((answer) => [answer.status, answer.body()])).toEqual([[201, '{"id":"né"}']]);
    }
  });

  it('follow each other', () => {
    const reader = new AnswerReader();
    const first = reader.push(Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}'));
    const second = reader.push(Buffer.from('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n'));
    expect([first?.status, first?.body(), second?.status, second?.body()]).toEqual([200, '{}', 404, '']);
  });

  it.each([
    ['without a length', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n'],
    ['that are not HTTP', 'hello\r\n\r\n'],
    ['longer than they said', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n{}'],
  ])('%s are refused', (_, text) => {
    expect(() => new AnswerReader().push(Buffer.from(text))).toThrow(UnreadableAnswer);
  });
});

function pieces(bytes: Buffer, size: number): readonly Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, piece) =>
    bytes.subarray(piece * size, (piece + 1) * size),
  );
}
