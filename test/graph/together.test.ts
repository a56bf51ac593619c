import { together } from '../../src/graph/together';
import type { HttpRequest, HttpResponse } from '../../src/http/transport';
import { silent } from '../../src/log';

function request(id: number, token: string): HttpRequest {
  const url = `https://graph.example/v1.0/security/threatIntelligence/hosts/h${id}.example`;
  return {
    method: 'GET',
    url,
    headers: { authorization: token, 'client-request-id': `${id}` },
    timeout: 1000,
  };
}

/** Answers each item of a batch with the token that the batch came with. */
async function answerTokens({ headers, body = '{}' }: HttpRequest): Promise<HttpResponse> {
  const { requests = [{ id: '0' }] } = JSON.parse(body) as { requests?: { id: string }[] };
  const responses = requests.map(({ id }) => ({ id, status: 200, body: { token: headers.authorization } }));
  return { status: 200, headers: {}, body: JSON.stringify({ responses, token: headers.authorization }) };
}

test('no request travels with the token of another', async () => {
  const sent: HttpRequest[] = [];
  const send = together((exchange) => {
    sent.push(exchange);
    return answerTokens(exchange);
  }, silent);
  const tokens = Array.from({ length: 50 }, (_, index) => (index % 3 === 0 ? 'Bearer old' : 'Bearer new'));
  const answers = await Promise.all(tokens.map((token, id) => send(request(id, token))));
  expect(answers.map(({ body }) => (JSON.parse(body) as { token: string }).token)).toEqual(tokens);
  expect(sent.length).toBe(3);
});
