import { describe, expect, it } from 'vitest';
import { operationParts, shorterOperations } from '../../../../renderer/charts/operation-name.ts';

describe('the name of an operation', () => {
  it('parts before what tells it from its neighbours', () => {
    expect(operationParts('DELETE /api/v1/wishlists/{id}')).toEqual(['DELETE /api/v1', '/wishlists/{id}']);
    expect(operationParts('POST /api/v1/cards/validate')).toEqual(['POST /api/v1', '/cards/validate']);
    expect(operationParts('customer.points.v1.PointsService/CreatePoints')).toEqual([
      'customer.points.v1.PointsService',
      '/CreatePoints',
    ]);
    expect(operationParts('GET /users/:id/42')).toEqual(['GET', ' /users/:id/42']);
  });
  it('stays whole where nothing in it is a path', () => {
    for (const name of ['POST', 'INSERT labels', 'wait for a/b in the pool', '', '/'])
      expect(operationParts(name)).toEqual(['', name]);
    expect(shorterOperations('INSERT labels')).toEqual([]);
  });
  it('gets shorter from its begin, keeping the verb, down to its telling end', () => {
    expect(shorterOperations('shop.points.v1.PointsService/CreatePoints')).toEqual([
      '…points.v1.PointsService/CreatePoints',
      '…v1.PointsService/CreatePoints',
      '…PointsService/CreatePoints',
      '…/CreatePoints',
    ]);
    expect(shorterOperations('PUT /api/v1/cards/{id}')).toEqual(['PUT …/v1/cards/{id}', 'PUT …/cards/{id}']);
  });
  it('is quick with a name that is nothing but joints', () => {
    expect(shorterOperations('a/'.repeat(5_000)).length).toBeLessThanOrEqual(12);
  });
});
