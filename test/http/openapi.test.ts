/** The API's document: what a linter for OpenAPI 3.1 has to say of it. */
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { describe, expect, it } from 'vitest';
import { operations } from '../../src/http/app.js';
import { openApiDocument } from '../../src/http/openapi.js';

const lint = async (document: unknown): Promise<string[]> => (await lintFromString({ source: JSON.stringify(document), config: await createConfig({ extends: ['recommended-strict'] }) })).map(({ ruleId, message, location }) => `${ruleId}: ${message} at ${location[0]?.pointer}`);

describe('the OpenAPI document', () => {
  it('is one that the linter has nothing to say of, by its strict rules', async () => {
    expect(await lint(openApiDocument(operations))).toEqual([]);
  });

  it('would be told otherwise: the linter looks', async () => {
    const document = JSON.parse(JSON.stringify(openApiDocument(operations))) as { paths: Record<string, { get: { operationId?: string } }> };
    delete document.paths['/v1/entities']?.get.operationId;
    expect(await lint(document)).toEqual([expect.stringContaining('operationId')]);
  });

  it('says of each operation what a token must have for it', () => {
    const { paths } = JSON.parse(JSON.stringify(openApiDocument(operations))) as { paths: Record<string, Record<string, { operationId: string; security: { token?: string[] }[] }>> };
    const scopes: Record<string, string[]> = {};
    for (const item of Object.values(paths)) for (const { operationId, security } of Object.values(item)) (scopes[security[0]?.token?.[0] ?? 'none'] ??= []).push(operationId);
    expect({ ...scopes, read: undefined }).toEqual({ append: ['appendEvents'], scenario: ['openScenario', 'generateEvents', 'archiveScenario'], admin: ['getMetrics'], none: ['getHealth', 'getReadiness', 'getOpenApi'], read: undefined });
  });
});
