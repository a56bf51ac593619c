// The least that a line server can do over HTTPS with axios: a document per line in, a response per line out, the token in TOKEN.
const { Agent } = require('node:https');
const { createInterface } = require('node:readline');
const axios = require('axios');

const httpsAgent = new Agent({ keepAlive: true });
const headers = { authorization: `Bearer ${process.env.TOKEN}` };

createInterface({ input: process.stdin }).on('line', async (line) => {
  const { id } = JSON.parse(line);
  const { data } = await axios.get(process.argv[2], { httpsAgent, headers });
  process.stdout.write(`${JSON.stringify({ id, data })}\n`);
});
