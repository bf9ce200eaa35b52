/** `tracker claims`: the claims ledger, a line for each claim, with what became of it. */
import { announcementClaimsView, entityClaimsView, type ClaimsQuery } from '../../views/claims.js';
import type { ClaimsView, LedgerClaim } from '../../views/claims-schema.js';
import { ViewError, type Answer, type ViewContext } from '../../views/context.js';
import { askedLine, print } from '../output.js';
import type { ViewOptions } from '../view-options.js';
import { showView } from '../with-tracker.js';

export async function claims(subject: string, options: ViewOptions & { state?: string; metric?: string; evidence?: boolean }): Promise<void> {
  const query = { state: options.state, metric: options.metric };
  await showView(options, (context) => {
    try {
      return entityClaimsView(context, subject, query);
    } catch (error) {
      if (!(error instanceof ViewError) || error.kind !== 'not-found') throw error;
      return announcementOr(context, subject, query);
    }
  }, (view) => show(view, options.evidence === true));
}

function announcementOr(context: ViewContext, subject: string, query: ClaimsQuery): Answer<ClaimsView> {
  try {
    return announcementClaimsView(context, subject, query);
  } catch (error) {
    if (!(error instanceof ViewError) || error.kind !== 'not-found') throw error;
    throw new ViewError('not-found', 404, `${JSON.stringify(subject)} is neither an entity nor an announcement that is known`);
  }
}

function show(view: ClaimsView, evidence: boolean): void {
  print(`Claims ${view.entity === null ? 'of' : 'on'} ${view.name}`);
  print(askedLine(view));
  print(Object.entries(view.states).map(([state, n]) => `${n} ${state}`).join(', '));
  if (view.claims.length === 0) print('nothing is claimed of it that is known at this time');
  for (const claim of view.claims) printClaim(claim, evidence);
}

function printClaim(claim: LedgerClaim, evidence: boolean): void {
  print();
  const who = claim.holderKind === null || claim.holderKind === 'party' ? claim.holder : `${claim.holder} (${claim.holderKind})`;
  print(`${claim.state.toUpperCase().padEnd(10)}  ${claim.claim}${claim.horizonText === null || claim.claim.includes(claim.horizonText) ? '' : ` [${claim.horizonText}]`}`);
  print(`            ${who}; known from ${claim.knownFrom?.slice(0, 10) ?? 'ever'}${claim.estimated ? '~' : ''}; ${sourceText(claim)}`);
  print(`            ${claim.sentence}${claim.since === null ? '' : ` Since ${claim.since.slice(0, 10)}.`}`);
  if (evidence) for (const each of claim.against) print(`            - ${each.standing}: ${each.says}; ${sourceText(each)}; ${each.event}`);
}

function sourceText({ document, locator, address }: Pick<ClaimsView['claims'][number], 'document' | 'locator' | 'address'>): string {
  return [document, locator ?? (address === null ? '' : new URL(address).host)].filter(Boolean).join(', ');
}
