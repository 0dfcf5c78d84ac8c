/** Tells a worker that runs as a process, and not as a thread, what it is for: a `WorkerRole` as JSON. */
export const PROCESS_ROLE_VARIABLE = 'FAULTLINE_WORKER_ROLE';
