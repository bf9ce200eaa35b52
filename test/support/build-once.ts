/** Tests of the commands run the built program: build it once before the first test, as `npm ci` does. */
import { spawnSync } from 'node:child_process';

export default function setup(): void {
  const built = spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
  if (built.status !== 0) throw new Error('the build failed; see its output above');
}
