/** Turns zod's issues into sentences that say where, what was expected and what came. */
import type { z } from 'zod';

export interface Problem {
  /** Path of the field, such as `data.change.value`; empty for the whole. */
  path: string;
  expected: string;
  /** What came, shortened. */
  received: string;
}

/** The problems of a failed parse, the most specific ones where a union offered several forms. */
export function problemsOf(error: z.ZodError, input: unknown): Problem[] {
  return error.issues.flatMap((issue) => flatten(issue, input, []));
}

export function describeProblem(problem: Problem): string {
  return `${problem.path === '' ? '' : `${problem.path}: `}${problem.expected}, got ${problem.received}`;
}

type Issue = z.core.$ZodIssue;

function flatten(issue: Issue, input: unknown, prefix: PropertyKey[]): Problem[] {
  const path = [...prefix, ...issue.path];
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const value = at(input, issue.path);
    const branches = issue.errors.map((branch) => branch.flatMap((inner) => flatten(inner, value, [])));
    // The form that was meant is the one that got furthest: fewest unknown or missing fields, then the deepest fault.
    const best = branches.sort((a, b) => distance(a) - distance(b))[0] ?? [];
    const forms = branches.every((branch) => branch.every((problem) => problem.path === ''));
    if (forms) return [{ path: pathText(path), expected: branches.map((branch) => branch[0]?.expected ?? '').filter(Boolean).join(', or '), received: show(value) }];
    return best.map((problem) => ({ ...problem, path: joinPath(pathText(path), problem.path) }));
  }
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: pathText([...path, key]), expected: 'expected no such field', received: show(at(at(input, issue.path), [key])) }));
  }
  const value = at(input, issue.path);
  return [{ path: pathText(path), expected: expectation(issue, value), received: show(value) }];
}

function expectation(issue: Issue, value: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return value === undefined ? `expected ${issue.expected} (missing)` : `expected ${issue.expected}`;
    case 'invalid_value':
      return `expected ${issue.values.map((allowed) => JSON.stringify(allowed)).join(' or ')}`;
    default:
      return /^expected/i.test(issue.message) ? issue.message : issue.message.replace(/^Invalid input: /, '').replace(/^Too (small|big): /, '');
  }
}

function distance(problems: Problem[]): number {
  const structural = problems.filter((problem) => problem.expected === 'expected no such field' || problem.expected.endsWith('(missing)') || problem.path === '').length;
  return structural * 100 + problems.length;
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  let current = value;
  for (const key of path) {
    if (current === null || typeof current !== 'object') return undefined;
    current = (current as Record<PropertyKey, unknown>)[key];
  }
  return current;
}

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => (typeof key === 'number' ? `${text}[${key}]` : joinPath(text, String(key))), '');
}

function joinPath(head: string, tail: string): string {
  return head === '' || tail === '' || tail.startsWith('[') ? head + tail : `${head}.${tail}`;
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  let json: string;
  try {
    json = JSON.stringify(value) ?? typeof value;
  } catch {
    // Nested deeper than the stack.
    return typeof value;
  }
  return json.length > 80 ? `${json.slice(0, 77)}…` : json;
}
