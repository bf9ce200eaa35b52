/** The built pages, the dashboard at / and the API's documentation at /docs/: files alone, with headers that let nothing else in. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { Router } from 'express';
import helmet from 'helmet';

const OWN = ["'self'"];
const NONE = ["'none'"];

const directives = { defaultSrc: NONE, scriptSrc: OWN, styleSrc: OWN, imgSrc: [...OWN, 'data:'], connectSrc: OWN, baseUri: NONE, formAction: NONE, frameAncestors: NONE };

/** Without HSTS: whether there is TLS is decided in front of the tracker. */
const strict = (styles: string[]): ReturnType<typeof helmet> => helmet({ contentSecurityPolicy: { useDefaults: false, directives: { ...directives, styleSrc: styles } }, strictTransportSecurity: false });

/** dist/web beside the compiled program, also when the program runs from source; where it was not built, nothing. */
export function pages(): Router {
  const router = Router();
  const here = path.dirname(fileURLToPath(import.meta.url));
  const folder = [path.resolve(here, '../../web'), path.resolve(here, '../../dist/web')].find((candidate) => existsSync(path.join(candidate, 'main.js')));
  if (folder === undefined) return router;
  // Swagger UI writes styles into its elements.
  router.use('/docs', strict([...OWN, "'unsafe-inline'"]));
  router.use(/^(?!\/docs(?:\/|$))/, strict(OWN));
  router.use(
    express.static(folder, {
      etag: true,
      cacheControl: false,
      setHeaders(res) {
        res.setHeader('Cache-Control', 'no-cache');
      },
    }),
  );
  return router;
}
