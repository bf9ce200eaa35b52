/**
 * Builds dist/ so that a running tracker and a parallel `npx tracker` are not harmed: nothing is done when the sources
 * are those of the last build, else tsc writes to a fresh folder that then takes dist/'s name.
 */
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const dist = path.join(root, 'dist');
const inputs = ['events', 'projections', 'src', 'web', 'package.json', 'tsconfig.json', 'tsconfig.build.json', 'scripts/build.mjs'];

/** sha256 over the names and bytes of everything the build reads. */
function fingerprint() {
  const hash = createHash('sha256');
  const walk = (relative) => {
    const full = path.join(root, relative);
    if (!existsSync(full)) return;
    const entries = readdirSync(full, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const child = path.posix.join(relative, entry.name);
      if (entry.isDirectory()) walk(child);
      else hash.update(child).update('\0').update(readFileSync(path.join(root, child))).update('\0');
    }
  };
  for (const input of inputs) {
    if (/\.(json|mjs)$/.test(input)) hash.update(input).update('\0').update(readFileSync(path.join(root, input))).update('\0');
    else walk(input);
  }
  return hash.digest('hex');
}

const id = fingerprint();
const stamp = path.join(dist, '.build-id');
if (!process.argv.includes('--force') && existsSync(stamp) && readFileSync(stamp, 'utf8') === id) process.exit(0);

const require = createRequire(import.meta.url);
let tsc;
try {
  tsc = path.join(path.dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
} catch {
  console.error('build: the compiler is a development dependency and is not installed (NODE_ENV=production or --omit=dev leave it out).');
  console.error('build: run `npm ci --include=dev`, or copy a built dist/ here; see Dockerfile for the two-stage way.');
  process.exit(existsSync(stamp) ? 0 : 1);
}

const fresh = path.join(root, `dist.new-${process.pid}`);
rmSync(fresh, { recursive: true, force: true });
const result = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', fresh], { cwd: root, stdio: 'inherit' });
if (result.status !== 0) {
  rmSync(fresh, { recursive: true, force: true });
  process.exit(result.status ?? 1);
}
// The page: compiled modules beside its static files and the one vendored chart library.
const web = path.join(fresh, 'web');
mkdirSync(web, { recursive: true });
for (const name of readdirSync(path.join(root, 'web'))) {
  if (!/\.ts$|tsconfig/.test(name)) cpSync(path.join(root, 'web', name), path.join(web, name), { recursive: true });
}
const uplot = path.dirname(require.resolve('uplot/package.json'));
mkdirSync(path.join(web, 'vendor'), { recursive: true });
cpSync(path.join(uplot, 'dist', 'uPlot.esm.js'), path.join(web, 'vendor', 'uPlot.js'));
cpSync(path.join(uplot, 'dist', 'uPlot.min.css'), path.join(web, 'vendor', 'uPlot.css'));
cpSync(path.join(uplot, 'LICENSE'), path.join(web, 'vendor', 'uPlot.LICENSE'));
// A browser would find the modules one behind the other: it is told of all of them at once.
const page = path.join(web, 'index.html');
const modules = ['vendor/uPlot.js', ...readdirSync(web).filter((name) => name.endsWith('.js') && name !== 'main.js')].map((name) => `    <link rel="modulepreload" href="./${name}">\n`);
writeFileSync(page, readFileSync(page, 'utf8').replace('  </head>', `${modules.join('')}  </head>`));
// The API's documentation: assets alone, since the package brings a script that reports its installation.
const swagger = path.dirname(require.resolve('swagger-ui-dist/package.json'));
for (const name of ['swagger-ui-bundle.js', 'swagger-ui.css', 'LICENSE', 'NOTICE']) cpSync(path.join(swagger, name), path.join(web, 'docs', /^[A-Z]+$/.test(name) ? `swagger-ui.${name}` : name));
writeFileSync(path.join(fresh, '.build-id'), id);

const old = path.join(root, `dist.old-${process.pid}`);
if (existsSync(dist)) renameSync(dist, old);
renameSync(fresh, dist);
rmSync(old, { recursive: true, force: true });
