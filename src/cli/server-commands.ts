/** The commands around a server: start, who may ask it, and a store that begins anew. */
import type { Command } from 'commander';

export function addServerCommands(program: Command): void {
  program
    .command('start')
    .description('serve the API and the page, and follow the store')
    .option('--port <number>', 'default 8080; 0 takes a free one  [TRACKER_PORT]')
    .option('--host <address>', 'default 127.0.0.1; another needs tokens  [TRACKER_HOST]')
    .option('--tokens <file>', 'who may ask: made by tracker token  [TRACKER_TOKENS]')
    .option('--rate-limit <number>', 'requests a minute of one token or address, or off (default: off on loopback without tokens, else 1200)  [TRACKER_RATE_LIMIT]')
    .option('--cors <origins>', 'pages of other sites that may ask, with commas between  [TRACKER_CORS]')
    .option('--allowed-hosts <names>', 'further names by which the server may be asked  [TRACKER_ALLOWED_HOSTS]')
    .option('--log-level <level>', 'debug (each request), info (default), warn, error, silent  [TRACKER_LOG_LEVEL]')
    .option('--log-format <format>', 'text (default) or json  [TRACKER_LOG_FORMAT]')
    .option('--seed <path...>', 'load these seeds first; what is there is not written again')
    .addHelpText('after', '\nExample: tracker start --seed seeds/ --port 8080')
    .action(async (_options, command: Command) => (await import('./commands/start.js')).start({ ...command.optsWithGlobals() }));

  program
    .command('token')
    .description('make a token for the API and show it once; the file keeps its hash. Take it out of the file and it no longer counts')
    .argument('<name>', 'whose it is, such as grafana')
    .requiredOption('--scopes <list>', 'read, append, scenario, admin (/metrics), with commas between; none includes another')
    .option('--tokens <file>', 'default tokens.json  [TRACKER_TOKENS]')
    .option('--expires <instant>', 'when it ends to count')
    .option('--json', 'the result as JSON')
    .addHelpText('after', '\nExample: tracker token grafana --scopes read --tokens tokens.json')
    .action(async (name: string, _options, command: Command) => (await import('./commands/token.js')).token(name, command.optsWithGlobals()));

  program
    .command('reset')
    .description('take an embedded store away, with its snapshots; not while a process has it open')
    .option('--yes', 'without asking')
    .option('--json', 'the result as JSON')
    .addHelpText('after', '\nExample: tracker reset --store file:./data --yes')
    .action(async (_options, command: Command) => (await import('./commands/reset.js')).reset(command.optsWithGlobals()));
}
