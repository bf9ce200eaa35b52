#!/usr/bin/env node
/**
 * `tracker`: the commands. Each one's code is loaded when it is called, so that help is quick. Data goes to stdout, the
 * rest to stderr. Exit codes: 0 done, 1 refused or not found, 2 wrong use or settings, 3 the store or the port can't be
 * opened.
 */
import { Command, CommanderError, Option } from 'commander';
import { exitCodeOf, explain } from './failure.js';
import { addScenarioCommands } from './scenario-commands.js';
import { addServerCommands } from './server-commands.js';
import { addViewCommands } from './view-commands.js';
import { SCENARIO } from './view-options.js';

const program = new Command('tracker');

program
  .description('Announcements and the market\'s reaction to them, as immutable events: replayable, point in time, explained.')
  .option('--store <url>', 'file:FOLDER (default file:./data), memory:, or esdb://… for EventStoreDB  [TRACKER_STORE]')
  .option('--prefix <text>', 'what the streams\' names begin with (default market.)  [TRACKER_PREFIX]')
  .option('--snapshots <folder>', 'where projections are saved, or off (default: the folder "snapshots" in the store\'s, or in ./data)  [TRACKER_SNAPSHOTS]')
  .option('--config <file>', 'settings as JSON, such as {"port": 9090}; flags and variables go before it  [TRACKER_CONFIG]')
  .showHelpAfterError('(--help shows how)')
  .exitOverride()
  .configureHelp({ showGlobalOptions: true })
  .addHelpText('after', '\nExit codes: 0 done, 1 refused or not found, 2 wrong use or settings, 3 the store or the port can\'t be opened.\nExample: tracker market-value XNAS:AMZN --as-of 2025-11-03T21:00:00Z');

addServerCommands(program);

program
  .command('seed')
  .description('load announcements from seed files or folders; twice writes nothing')
  .argument('<path...>', 'seed files (docs/seeds.md) or folders of them')
  .option(...SCENARIO)
  .option('--dry-run', 'check, and store nothing')
  .option('--json', 'the result as JSON')
  .addHelpText('after', '\nExample: tracker seed my-announcement.json')
  .action(async (paths: string[], _options, command: Command) => (await import('./commands/seed.js')).seed(paths, command.optsWithGlobals()));

program
  .command('append')
  .description('store events, one JSON object a line: of a file all or, when one is wrong, none; of stdin as they come, for ever')
  .argument('[file]', 'NDJSON file; - or nothing reads stdin', '-')
  .option('--key <text>', 'makes the ids of events that have none, so that a repetition stores nothing twice')
  .option(...SCENARIO)
  .option('--keep-good', 'store the valid lines, list the others; of stdin: go on after a wrong one, in place of stopping')
  .option('--json', 'one JSON line for each event stored')
  .addHelpText('after', '\nExample: echo \'{"type":"EntityRegistered","data":{"entity":"acme","name":"Acme","kind":"company"},"metadata":{"occurredAt":{"unknown":true},"source":{"document":"note"}}}\' | tracker append')
  .action(async (file: string, _options, command: Command) => (await import('./commands/append.js')).append(file, command.optsWithGlobals()));

const imports = program.command('import').description('market data from files: prices, factors');
imports
  .command('prices')
  .description('daily bars from CSV or Parquet, plain or gzipped; all lines are checked before any is stored, and twice stores nothing')
  .argument('<file>', 'path, or - for stdin')
  .addOption(new Option('--adjustment <series>', 'what the prices are adjusted for: asked for, since no file says').choices(['none', 'split', 'total-return']))
  .option('--columns <pairs>', 'which column is what, where the names are not the usual: date=Day,close=Last,volume=')
  .option('--symbol <symbol>', 'of all lines, where the file has no symbols')
  .option('--map <pair...>', 'SYMBOL=ID: the instrument behind a symbol of the file')
  .option('--exchange <code>', 'of symbols that are written without one, such as XNAS')
  .addOption(new Option('--register <kind>', 'list the symbols that are not listed yet').choices(['share', 'index', 'fund', 'other']))
  .option('--currency <code>', 'of what is registered')
  .addOption(new Option('--bar-time <meaning>', 'what a time in the date column is; asked for where there is one').choices(['open', 'close', 'day']))
  .option('--date-format <tokens>', 'such as MM/dd/yyyy (luxon\'s tokens)')
  .option('--zone <zone>', 'of times without one (default America/New_York)')
  .option('--delimiter <text>', 'between fields (default: found)')
  .option('--document <name>', 'name of the source; give the next file of it the same (default: the file\'s name)')
  .option('--address <url>', 'where the source can be read')
  .option('--confidence <number>', 'above 0, up to 1 (default 1)')
  .option(...SCENARIO)
  .option('--keep-good', 'store the good lines, list the others')
  .option('--correct', 'store what the file has otherwise than the store as corrections')
  .option('--published-at <instant>', 'when the corrections were published (default: known when recorded)')
  .option('--dry-run', 'check and compare, store nothing')
  .option('--show <number>', 'bad lines to show, or all (default 100)')
  .option('--json', 'the result as JSON')
  .addHelpText('after', '\nExample: tracker import prices prices.csv.gz --adjustment split --document my-vendor --exchange XNAS --register share --currency USD')
  .action(async (file: string, _options, command: Command) => (await import('./commands/import.js')).prices(file, command.optsWithGlobals()));

imports
  .command('factors')
  .description('daily factor returns in Ken French\'s form (per cent, -99.99 missing), plain or gzipped')
  .argument('<file>', 'path, or - for stdin')
  .option('--set <id>', 'names the set, such as fama-french-3; models go by it')
  .option('--document <name>', 'name of the source; give the next file of it the same (default: the file\'s name)')
  .option('--address <url>', 'where the source can be read')
  .option('--confidence <number>', 'above 0, up to 1 (default 1)')
  .option('--published-at <instant>', 'when the file was published (default: known when recorded)')
  .option(...SCENARIO)
  .option('--keep-good', 'store the good lines, list the others')
  .option('--correct', 'store what the file has otherwise than the store as corrections')
  .option('--dry-run', 'check and compare, store nothing')
  .option('--show <number>', 'bad lines to show, or all (default 100)')
  .option('--json', 'the result as JSON')
  .addHelpText('after', '\nExample: tracker import factors F-F_Research_Data_Factors_daily.csv --set fama-french-3 --published-at 2025-12-15T12:00:00Z')
  .action(async (file: string, _options, command: Command) => (await import('./commands/import.js')).factors(file, command.optsWithGlobals()));

imports
  .command('events')
  .description('an export of events back into an empty store: ids, order, revisions and times of recording stay; goes on where it was cut off')
  .argument('<path>', 'folder of an export, or its events as NDJSON or Parquet')
  .option('--json', 'the result as JSON')
  .addHelpText('after', '\nExample: tracker import events ./research --store file:./restored')
  .action(async (file: string, _options, command: Command) => (await import('./commands/import-events.js')).importEvents(file, command.optsWithGlobals()));

program
  .command('events')
  .description('stored events in log order, or of one stream')
  .option(...SCENARIO)
  .option('--stream <name>', 'only this stream')
  .option('--limit <number>', 'at most so many (default 50)')
  .option('--backwards', 'latest first')
  .option('--json', 'NDJSON, one event a line')
  .addHelpText('after', '\nExample: tracker events --stream market.announcement-openai-aws --json')
  .action(async (_options, command: Command) => (await import('./commands/events.js')).events(command.optsWithGlobals()));

const replays = program
  .command('replay')
  .description('stored events again, in order, filtered and paced: the same inputs give the same bytes')
  .addOption(new Option('--order <order>', 'as recorded (default), as the world came to know them, or as they were true').choices(['log', 'published', 'valid']))
  .option('--type <types>', 'only these, with commas between')
  .option('--stream <prefix>', 'only streams that begin so')
  .option('--instrument <instrument>', 'only events about it: id or symbol')
  .option('--entity <entity>', 'only events about it')
  .option('--announcement <announcement>', 'only events about it, or that belong to it')
  .option('--from <instant>', 'on the clock of the order, inclusive')
  .option('--to <instant>', 'exclusive')
  .option('--after <cursor>', 'goes on where a replay ended')
  .option('--limit <number>', 'at most so many events')
  .option('--follow', 'goes on with what is appended (log order)')
  .option('--speed <times>', 'so many times as fast as it happened, on the clock of the order')
  .option('--rate <number>', 'so many events a second')
  .option('--longest-wait <seconds>', 'with --speed: nights and weekends pass quickly')
  .option('--step', 'one event a key (n) or a line on stdin; space goes on')
  .option(...SCENARIO)
  .option('--cursors', 'with --json: the cursor of each event')
  .option('--no-look-ahead', 'what asks for later than the replay\'s clock gets an error: so it is always, stated or not')
  .option('--hash [number]', 'with the state hash of each projection, after so many events and at the end')
  .option('--json', 'NDJSON: {at, event}')
  .addHelpText('after', '\nExample: tracker replay --order published --announcement openai-aws --from 2025-11-03T00:00:00Z --json > run.ndjson')
  .action(async (_options, command: Command) => (await import('./commands/replay.js')).replay(command.optsWithGlobals()));
replays
  .command('compare')
  .description('the first event where two replays part; exit 1 when they do')
  .argument('<a>', 'NDJSON of a replay')
  .argument('<b>', 'another')
  .option('--ignore <fields>', 'fields that may differ, such as event.position,event.recordedAt: those are of a store')
  .option('--json', 'the result as JSON')
  .addHelpText('after', '\nExample: tracker replay compare run.ndjson again.ndjson')
  .action(async (a: string, b: string, _options, command: Command) => (await import('./commands/replay.js')).compare(a, b, command.opts()));

program
  .command('asof')
  .description('as-of join: for each row (instrument, time, and knownAt if it has one) the views as they were known then; rows without a value stay')
  .argument('<labels>', 'CSV or Parquet, or - for stdin')
  .option('--view <list>', 'market-value (default), sentiment, reaction, with commas between')
  .option('--columns <list>', 'VIEW.FIELD, such as market-value.level.close,sentiment.overall.mean (default: the usual ones)')
  .addOption(new Option('--clock <clock>', 'which knowing: by the world, or by this store').choices(['published', 'recorded']))
  .option('--benchmark <instrument>', 'of the reaction')
  .option('--estimation <span>', 'of the reaction')
  .option('--windows <list>', 'of the reaction')
  .option('--delimiter <text>', 'between fields (default: found)')
  .option(...SCENARIO)
  .addOption(new Option('--format <format>', 'default csv').choices(['csv', 'ndjson', 'arrow', 'parquet']))
  .option('--json', 'the same as --format ndjson')
  .addHelpText('after', '\nExample: tracker asof labels.csv --view market-value,sentiment > features.csv')
  .action(async (file: string, _options, command: Command) => (await import('./commands/asof.js')).asof(file, command.optsWithGlobals()));

program
  .command('export')
  .description('events, market values, sentiment and abnormal returns as tables for other tools, with a manifest')
  .argument('[tables...]', 'events, market_value, sentiment, abnormal_returns (default: the first three)')
  .option('--out <folder>', 'empty, or not there yet: it appears whole or not at all; - writes one table to stdout')
  .addOption(new Option('--format <format>', 'default parquet; on stdout csv').choices(['csv', 'ndjson', 'arrow', 'parquet']))
  .option('--partition', 'a file for each day of ts_known, in folders date=YYYY-MM-DD; worth it past a million rows')
  .option('--known-at <instant>', 'only what was known by then')
  .option('--as-of <instant>', 'valid time of the studies')
  .option('--instrument <list>', 'ids or symbols with commas between; of events one')
  .option('--entity <list>', 'ids with commas between; of events one')
  .option('--announcement <list>', 'of events one; of abnormal returns all that are studied (default: all that are dated)')
  .option('--type <types>', 'of events')
  .option('--stream <prefix>', 'of events')
  .option('--from <instant>', 'of events: known from, inclusive')
  .option('--to <instant>', 'of events: known before')
  .option(...SCENARIO)
  .option('--half-life <duration>', 'of sentiment, ISO 8601, default P7D')
  .option('--benchmark <instrument>', 'of abnormal returns; and')
  .option('--model <model>', 'as in tracker study')
  .option('--factors <sets>', 'as in tracker study')
  .option('--windows <list>', 'as in tracker study')
  .option('--estimation <span>', 'as in tracker study')
  .option('--json', 'the manifest on stdout')
  .addHelpText('after', '\nExample: tracker export --out ./research\n         tracker export market_value --instrument XNAS:AMZN --out - > amzn.csv')
  .action(async (tables: string[], _options, command: Command) => (await import('./commands/export.js')).exportTables(tables, command.optsWithGlobals()));

program
  .command('verify')
  .description('is everything in the store as it was written? Changes nothing, also on a copied folder')
  .option('--export <folder>', 'an export instead: its files against its manifest')
  .option('--json', 'what each check looked at and found, as JSON')
  .addOption(new Option('--in-process').hideHelp())
  .addHelpText('after', '\nExit codes: 0 sound, 1 damaged, 2 cannot be told (no store there, no permission, a newer format, a server that does not answer).\nExample: tracker verify --store file:/backups/2025-11-03')
  .action(async (_options, command: Command) => (await import('./commands/verify.js')).verify(command.optsWithGlobals()));

program
  .command('backup')
  .description('copy the store in a folder while it is in use; the copy is verified, and appears whole or not at all')
  .argument('<folder>', 'empty, or not there yet')
  .option('--json', 'the result as JSON')
  .addHelpText('after', '\nExample: tracker backup /backups/2025-11-03')
  .action(async (folder: string, _options, command: Command) => (await import('./commands/backup.js')).backup(folder, command.optsWithGlobals()));

program
  .command('copy')
  .description('copy the events of one store to another: ids, revisions, order and times of recording stay. Goes on where it was cut off')
  .option('--from <url>', 'the source (default: --store)')
  .requiredOption('--to <url>', 'the target: empty, or a beginning of the source')
  .option('--all-streams', 'also streams outside of --prefix')
  .option('--json', 'the result as JSON')
  .addHelpText('after', '\nExample: tracker copy --from file:./data --to esdb://127.0.0.1:2113?tls=false')
  .action(async (_options, command: Command) => (await import('./commands/copy.js')).copy(command.optsWithGlobals()));

addViewCommands(program);
await addScenarioCommands(program, process.argv);

const folded = program.command('projections').description('the projections: what is folded and saved, how far, and what differs');
folded
  .command('list')
  .description('the projections of this program, and the snapshots of this store')
  .option('--json', 'one JSON line each')
  .action(async (_options, command: Command) => (await import('./commands/projections.js')).list(command.optsWithGlobals()));
folded
  .command('status')
  .description('fold up to the head and say how each stands; exit 1 when one stopped')
  .option('--json', 'one JSON line each')
  .action(async (_options, command: Command) => (await import('./commands/projections.js')).status(command.optsWithGlobals()));
folded
  .command('rebuild')
  .description('fold from the start and replace the snapshots')
  .argument('[name...]', 'projections (default: all)')
  .option('--json', 'one JSON line each')
  .action(async (names: string[], _options, command: Command) => (await import('./commands/projections.js')).rebuild(names, command.optsWithGlobals()));
folded
  .command('diff')
  .description('the rows that this version has otherwise than a snapshot; exit 1 when any differ')
  .argument('<name>', 'projection')
  .option('--against <version>', 'the snapshot\'s version (default: the newest older one, else this one\'s own)')
  .option('--limit <number>', 'show at most so many (default 50)')
  .option('--json', 'one JSON line for each row')
  .action(async (name: string, _options, command: Command) => (await import('./commands/projections.js')).diff(name, command.optsWithGlobals()));
folded
  .command('rejected')
  .description('the events that their schema rejects, and why')
  .option('--limit <number>', 'the last so many (default 50)')
  .option('--json', 'one JSON line each')
  .action(async (_options, command: Command) => (await import('./commands/projections.js')).listRejected(command.optsWithGlobals()));

// A reader that stops early (| head) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
// Nor is one that no longer listens to what is said beside: a server goes on.
process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    process.stderr.write(`tracker: ${explain(error)}\n`);
    process.exitCode = exitCodeOf(error);
  }
}
