import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';

/** Linux reports times in hundredths of a second to every program, whatever its kernel counts in (proc(5), USER_HZ). */
const TICKS_PER_SECOND = 100;

/** CPU time that a process and all its threads have used so far, in seconds. Undefined where /proc is not. */
export function cpuSecondsOf(pid: number): number | undefined {
  const stat = procFile(pid, 'stat');
  // The command's name, in parentheses, may hold spaces; utime and stime are the 12th and 13th field after it.
  const [utime, stime] =
    stat
      ?.slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13) ?? [];
  return utime === undefined || stime === undefined ? undefined : (Number(utime) + Number(stime)) / TICKS_PER_SECOND;
}

/** Resident memory of a process in MB (10^6 bytes), now and at its highest. Undefined where /proc is not. */
export function residentMegabytesOf(pid: number): { readonly now: number; readonly highest: number } | undefined {
  const status = procFile(pid, 'status');
  const kibibytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status ?? '')?.[1]);
  if (status === undefined) return undefined;
  return { now: (kibibytes('VmRSS') * 1_024) / 1e6, highest: (kibibytes('VmHWM') * 1_024) / 1e6 };
}

/** CPU time that this process has used so far, in seconds. */
export function ownCpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** CPU time that everything on this machine has used so far, in seconds. */
export function machineCpuSeconds(): number {
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0) / 1_000;
}

function procFile(pid: number, name: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return undefined;
  }
}
