import type { Summary } from '../measuring/summary.js';
import { type ComparedFigure, type Figure, faultsOf, isReached, type SingleFigure } from './figure.js';
import { markdownTable } from './markdown-table.js';

const LEGEND =
  'Medians of the rounds. CPU s/1,000: processor seconds per 1,000 requests, of the server until its views show the last ' +
  'one, and of this client. elsewhere: the part of the machine that other programs had; rates and latencies are to be ' +
  'trusted when it is near 0.';

/** What was measured, as Markdown for people. */
export function tablesOf(figures: readonly Figure[]): string {
  const compared = figures.filter((figure) => figure.kind === 'compared');
  const single = figures.filter((figure) => figure.kind === 'single');
  return [
    ...(compared.length === 0 ? [] : [comparedTable(compared), LEGEND]),
    ...(single.length === 0 ? [] : [singleTable(single)]),
    ...compared.flatMap((figure) => (figure.remark === undefined ? [] : [`${nameOf(figure)}: ${figure.remark}`])),
    ...figures.flatMap((figure) => faultsOf(figure).map((fault) => `NOT A FAIR RUN: ${nameOf(figure)}: ${fault}`)),
  ].join('\n\n');
}

function comparedTable(figures: readonly ComparedFigure[]): string {
  const header = ['operation', '', 'rate/s', 'p50 ms', 'p95 ms', 'p99 ms', 'errors', 'CPU s/1,000', 'client CPU'];
  const rows = figures.flatMap((figure) => {
    const { floor, sillage } = figure.comparison;
    return [
      [nameOf(figure), 'floor', ...summaryCells(floor)],
      ['', 'Sillage', ...summaryCells(sillage), ratios(floor, sillage), ...verdict(figure)],
    ];
  });
  return markdownTable([...header, 'RSS MB', 'elsewhere', 'to the floor', 'target', 'reached'], rows);
}

function singleTable(figures: readonly SingleFigure[]): string {
  const rows = figures.map((figure) => [figure.what, figure.measured ?? 'n/a', ...verdict(figure), figure.remark]);
  return markdownTable(['figure', 'measured', 'target', 'reached', 'remark'], rows);
}

function summaryCells({ rate, p50, p95, p99, errors, serverCpu, clientCpu, resident, elsewhere }: Summary): string[] {
  return [
    Math.round(rate).toLocaleString('en'),
    ...[p50, p95, p99].map((milliseconds) => milliseconds.toFixed(2)),
    String(errors),
    serverCpu?.toFixed(3) ?? 'n/a',
    clientCpu.toFixed(3),
    resident?.toFixed(0) ?? 'n/a',
    elsewhere === undefined ? 'n/a' : `${Math.round(elsewhere * 100)} %`,
  ];
}

function ratios(floor: Summary, sillage: Summary): string {
  return `rate ${(sillage.rate / floor.rate).toFixed(2)}, p99 ${(sillage.p99 / floor.p99).toFixed(2)}`;
}

function verdict(figure: Figure): readonly [target: string, reached: string] {
  if (figure.goals.length === 0) return ['', ''];
  const target = figure.goals.map(({ wanted }) => wanted).join(', ');
  if (isReached(figure)) return [target, 'yes'];
  const missed = figure.goals.filter(({ reached }) => !reached).map(({ wanted }) => wanted);
  return [target, missed.length === figure.goals.length ? 'NO' : `NO: ${[...missed, ...errorsOf(figure)].join(', ')}`];
}

function errorsOf(figure: Figure): readonly string[] {
  return faultsOf(figure).length === 0 ? [] : ['errors'];
}

function nameOf(figure: Figure): string {
  if (figure.kind === 'single') return figure.what;
  const { operation, connections } = figure.comparison;
  return `${operation}, ${connections} connections`;
}
