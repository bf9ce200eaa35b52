/** How a failure ends a command: its exit code and its words. Goes by names, so that help loads none of the program. */

const CODES: Record<string, number> = { ConfigError: 2, CursorError: 2, AsofError: 2, UsageError: 2, StoreOpenError: 3, ListenError: 3 };

/** Thrown when a command's own arguments are wrong. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const EXPECTED = new Set(['ViewError', 'ScenarioRefusedError', 'LoadTargetError', 'SeedError', 'ImportError', 'BatchRefusedError', 'PartlyStoredError', 'IdConflictError', 'InvalidEventError', 'InvalidEventInputError', 'AppendTooLargeError', 'StoreFullError', 'WrongExpectedRevisionError', 'DamagedStoreError', 'DamagedSnapshotError', 'LogInvariantError', 'SnapshotsUnusableError', 'ForeignPositionError', 'CalendarRangeError', 'RefusedError', 'BackupError', 'TargetFolderError', 'ExportStoppedError', 'NoExportError', 'FeedRefusedError', 'CopyRefusedError', 'CopyInterruptedError', 'CopyDiffersError', 'TokensFileError', 'ResetRefusedError', 'EventStoreUnavailableError', 'AppendOutcomeUnknownError', 'StreamDeletedError', 'AccessDeniedError', 'EventStoreDbError']);

/** Thrown when a command did its work and must say that some of it was refused. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
}

export function exitCodeOf(error: unknown): number {
  if (!(error instanceof Error)) return 1;
  return (error as { kind?: unknown }).kind === 'bad-parameter' ? 2 : (CODES[error.name] ?? 1);
}

/** The message; for what is not foreseen also the place, since that is a fault of the program. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.name in CODES || EXPECTED.has(error.name) ? error.message : (error.stack ?? error.message);
}
