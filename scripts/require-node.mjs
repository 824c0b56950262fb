// Runs before `npm start` and `npm test`: refuses a Node that cannot run the project, in one clear line.
// Plain JavaScript, so that any Node can read it.
const requiredMajor = 24;

if (Number.parseInt(process.versions.node, 10) < requiredMajor) {
  console.error(
    `Darkroom runs on Node ${requiredMajor}, but this is Node ${process.versions.node}. npm ci brings Node ${requiredMajor} ` +
      'along for Linux and macOS (x64, arm64) and Windows (x64): run it again without --omit, and start through npm. ' +
      `On any other machine, install Node ${requiredMajor} first.`,
  );
  process.exit(1);
}
