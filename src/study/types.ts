/**
 * What the statistics of an event study take and give. Pure numbers: no bars, no calendar, no clock. An event is a firm
 * and an announcement; everything is keyed by the event's id, never by a symbol.
 */

/** One return or regressor of a day; null: missing, or it spans more than one trading day. Never 0 for missing. */
export type Cell = number | null;

/** The returns of one event: T days of estimation before L days of window, each day named by its session date. */
export interface Sample {
  event: string;
  firm: string;
  estimation: Days;
  window: Days & { /** Trading days from day 0, ascending and without gaps. */ relative: number[] };
}

export interface Days {
  /** Session dates, YYYY-MM-DD, ascending: they pair the days of several events. */
  dates: string[];
  returns: Cell[];
  /** One row a day, one column a regressor (market, or the factors); empty rows for a model without any. */
  regressors: Cell[][];
}

/** The days of the estimation window that were used, by columns: `e` is the residual, `h` the leverage x'(X'X)⁻¹x. */
export interface Residuals {
  dates: readonly string[];
  e: Float64Array;
  h: Float64Array;
}

/** A day of the event window. `ar` and `variance` are null where the day has no usable return. */
export interface AbnormalDay {
  relative: number;
  date: string;
  return: number | null;
  expected: number | null;
  ar: number | null;
  /** Exact prediction variance of the abnormal return. */
  variance: number | null;
}

/** A fitted event: what every test of one or many events is computed from. */
export interface Fitted {
  event: string;
  firm: string;
  model: string;
  /** Usable days of estimation (T), estimated parameters (k), degrees of freedom of the t law. */
  t: number;
  k: number;
  df: number;
  /** By name: alpha, beta, or the factors. */
  coefficients: Record<string, number>;
  /** Residual variance s². */
  s2: number;
  residuals: Residuals;
  window: AbnormalDay[];
  /** L × L: covariance of the abnormal returns; null in the rows and columns of missing days. */
  covariance: Cell[][];
}

/** Why something is not computed: a code for programs, a sentence for people. Never NaN, never 0 in its place. */
export interface Refusal {
  refused: string;
  reason: string;
}

/** Raised when the same numbers give other statistics: results name it. */
export const STUDY_VERSION = 2;
