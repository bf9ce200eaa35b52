/** What the API refuses with, as an error of the client. */

export interface ProblemDetails {
  type: string;
  title: string;
  status: number;
  detail: string;
  [extra: string]: unknown;
}

/** Thrown when the API refuses; `problem` is what it said (RFC 9457). */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  constructor(readonly status: number, readonly problem: ProblemDetails) {
    super(`${status} ${problem.title}: ${problem.detail}`);
  }
}

export async function problemIn(response: Response): Promise<ProblemDetails> {
  const text = await response.text();
  try {
    return JSON.parse(text) as ProblemDetails;
  } catch {
    return { type: 'about:blank', title: response.statusText, status: response.status, detail: text.slice(0, 300) };
  }
}
