// A child process that ends before it is ready, as one with a broken deployment does.
process.exit(1);
