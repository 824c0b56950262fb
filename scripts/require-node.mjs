// Runs before `npm start` and `npm test`: refuses a Node that cannot run the project, in one clear line.
// Plain JavaScript, so that any Node can read it.
const requiredMajor = 24;

if (Number.parseInt(process.versions.node, 10) < requiredMajor) {
  console.error(
    `Darkroom runs on Node ${requiredMajor}, which npm ci brings along, but this is Node ${process.versions.node}: ` +
      'run npm ci again without --ignore-scripts, and start through npm.',
  );
  process.exit(1);
}
