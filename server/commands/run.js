/**
 * What npm runs first: `run.js start`, `demo`, `dev`, `agent-invite` or `search-rebuild`. Plain JavaScript, so that
 * an old Node can read it and say that it is too old, instead of stumbling over TypeScript.
 */
const [major, minor] = process.versions.node.split('.').map(Number);
const [, , command, ...rest] = process.argv;

if (major < 24 || (major === 24 && minor < 2)) {
  console.error(
    `Deskside can’t start. It needs Node 24.2 or newer, and this is ${process.versions.node}; "npm ci" brings a new one along, which every "npm run" uses.`,
  );
  process.exit(6);
} else {
  process.argv = [process.argv[0], process.argv[1], ...rest];
  void import(`./${command}.ts`);
}
