// A child process that is never ready.
setInterval(() => {}, 1_000);
