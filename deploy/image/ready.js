// Ends with exit code 0 when the process of this container can take work: what a container's health check runs.
const { SILLAGE_MANAGEMENT_PORT: port } = process.env;
const { ok } = await fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(2_000) });
process.exitCode = ok ? 0 : 1;
