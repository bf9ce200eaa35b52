/** `tracker reconcile`: what the claims on an announcement say of each other and of what was measured. */
import { reconciliationView } from '../../views/reconciliation.js';
import type { FindingView, ReconciliationView } from '../../views/reconciliation-schema.js';
import { askedLine, counted, print } from '../output.js';
import type { ViewOptions } from '../view-options.js';
import { showView } from '../with-tracker.js';

export async function reconcile(announcement: string, options: ViewOptions & { verdict?: string; evidence?: boolean }): Promise<void> {
  await showView(options, (context) => reconciliationView(context, announcement), (view) => show(view, options));
}

function show(view: ReconciliationView, { verdict, evidence = false }: { verdict?: string; evidence?: boolean }): void {
  print(view.title);
  print(askedLine(view));
  const { verdicts } = view;
  print(`${counted(view.findings.length, 'finding', 'findings')}: ${verdicts.conflict} conflict, ${verdicts['different-moments']} different moments, ${verdicts.compatible} compatible, ${verdicts.agree} agree, ${verdicts.incomparable} incomparable`);
  for (const start of view.starts) print(`  start: ${start.sentence}`);
  const shown = view.findings.filter((finding) => verdict === undefined || finding.verdict === verdict);
  let subject = '';
  for (const finding of bySubject(shown)) {
    if (finding.subject !== subject) {
      subject = finding.subject;
      print();
      print(subject.startsWith('announcement-') ? 'The announcement' : finding.subjectName);
    }
    printFinding(finding, evidence);
  }
  if (view.unchecked.length > 0 && verdict === undefined) {
    print();
    print('Not checked');
    for (const each of view.unchecked) print(`  ${each.subjectName}: ${each.sentence}`);
  }
}

/** Subjects in the order in which the findings name them, the findings of each together. */
function bySubject(findings: readonly FindingView[]): FindingView[] {
  const subjects = [...new Set(findings.map((finding) => finding.subject))].sort((a, b) => Number(b.startsWith('announcement-')) - Number(a.startsWith('announcement-')));
  return subjects.flatMap((subject) => findings.filter((finding) => finding.subject === subject));
}

function printFinding(finding: FindingView, withEvidence: boolean): void {
  print(`  ${finding.verdict.padEnd(17)} ${finding.sentence}`);
  const indent = ' '.repeat(20);
  if (finding.leastRelaxation) print(`${indent}least relaxation: ${finding.leastRelaxation.sentence}`);
  for (const relaxation of finding.relaxations.slice(1)) print(`${indent}or: ${relaxation.sentence}`);
  if (!withEvidence) return;
  for (const step of finding.steps) print(`${indent}= ${step}`);
  for (const piece of finding.evidence) {
    const source = [piece.document, piece.locator ?? piece.address].filter(Boolean).join(', ');
    print(`${indent}- ${piece.text}${piece.reach > 1 ? ` (${piece.reach} reports)` : ''}${source === '' ? '' : `; ${source}`}; ${piece.event}`);
  }
}
