import { availableParallelism, cpus } from 'node:os';

/**
 * CPU that the whole machine has used since its start, in seconds. What the benchmark's own
 * processes didn't use was somebody else's, and makes its figures doubtful.
 */
function machineCpuSeconds(): number {
  let ms = 0;
  for (const { times } of cpus()) ms += times.user + times.nice + times.sys + times.irq;
  return ms / 1000;
}

function ownCpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Begins to watch; the returned function says which share of the machine others have used since. */
export function watchOthers(): (serverCpuSeconds: number) => number {
  const before = { at: performance.now(), machine: machineCpuSeconds(), own: ownCpuSeconds() };
  return (serverCpuSeconds) => {
    const seconds = (performance.now() - before.at) / 1000;
    const ours = ownCpuSeconds() - before.own + serverCpuSeconds;
    const others = machineCpuSeconds() - before.machine - ours;
    return Math.max(0, others / (seconds * availableParallelism()));
  };
}
