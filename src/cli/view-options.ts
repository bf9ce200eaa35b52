/** The options that every view command has, and what they become. */
import { type Command, Option } from 'commander';
import type { Asked } from '../views/context.js';

/** The option of every command that works in a scenario as well as in the real world. */
export const SCENARIO = ['--scenario <id>', 'of this scenario, which is synthetic, in place of the real world'] as const;

export function viewOptions(command: Command): Command {
  return command
    .option('--as-of <instants>', 'valid time (default: the latest that the view reads); several as A,B or FROM/TO/STEP')
    .option('--known-at <instants>', 'only what was known by then; several as A,B or FROM/TO/STEP')
    .addOption(new Option('--clock <clock>', 'which knowing: by the world, or by this store').choices(['published', 'recorded']))
    .addOption(new Option('--imprecise <bound>', 'how an imprecise publication counts').choices(['latest', 'earliest']))
    .option('--basis <token>', 'answer from the log as it was for an earlier answer')
    .option(...SCENARIO)
    .option('--json', 'the API\'s answer as JSON');
}

export interface GlobalOptions {
  store?: string;
  prefix?: string;
  snapshots?: string;
  /** A settings file. */
  config?: string;
  scenario?: string;
  json?: boolean;
}

/** Settings of a server, as they are given. */
export interface ServerOptions {
  host?: string;
  port?: string;
  tokens?: string;
  rateLimit?: string;
  cors?: string;
  allowedHosts?: string;
  logLevel?: string;
  logFormat?: string;
}

export interface ViewOptions extends GlobalOptions {
  asOf?: string;
  knownAt?: string;
  clock?: 'published' | 'recorded';
  imprecise?: 'latest' | 'earliest';
  basis?: string;
}

export function askedOf(options: ViewOptions): Asked {
  const { asOf, knownAt, clock, basis, imprecise } = options;
  return { asOf, knownAt, clock, basis, imprecise };
}
