// The least that a line server can do over HTTPS with axios: a document per line in, a response per line out, the token in TOKEN.
const { Agent } = require('node:https');
const { createInterface } = require('node:readline');
const axios = require('axios');

const httpsAgent = new Agent({ keepAlive: true });
const headers = { authorization: `Bearer ${process.env.TOKEN}` };
const request = {
  url: process.argv[2],
  method: 'GET',
  headers,
  httpsAgent,
  proxy: false,
  maxRedirects: 0,
  responseType: 'text',
};
// As the product does: axios.get adds defaults, interceptors and transformations.
const send = axios.getAdapter('http');

createInterface({ input: process.stdin }).on('line', async (line) => {
  const { id } = JSON.parse(line);
  const { data } = await send(request);
  process.stdout.write(`${JSON.stringify({ id, data: JSON.parse(data) })}\n`);
});
