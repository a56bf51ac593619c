/**
 * Reserves `n` slots of a budget by the generic cell rate algorithm (GCRA, ITU-T I.371): the caller sleeps once for the
 * returned time and then sends. The clock is Redis's own, so engines whose clocks differ agree.
 *
 * Each class has a theoretical arrival time (TAT). A reservation moves the TAT of its class and of every lower class,
 * so interactive work never waits behind bulk work, and bulk work gives way by as much as interactive work used.
 *
 * KEYS[1] the budget, a hash: rate (per second), t0 t1 t2 (TAT of each class, milliseconds), closed (nothing is sent
 * before), grown (when the rate last grew), halved (when it was last halved).
 * ARGV: n, class (0 interactive, 1 fetch, 2 bulk), first rate, burst (milliseconds), growth (per second, per second), highest rate.
 * Returns: milliseconds to sleep, rate per second × 1000.
 */
export const RESERVE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local n, class = tonumber(ARGV[1]), tonumber(ARGV[2])
local h = redis.call('HMGET', KEYS[1], 'rate', 'closed', 'grown', 't0', 't1', 't2')
local rate = tonumber(h[1]) or tonumber(ARGV[3])
local closed = tonumber(h[2]) or 0
local grown = tonumber(h[3]) or now
if now > grown then rate = rate + tonumber(ARGV[5]) * math.min(5, (now - grown) / 1000) end
rate = math.min(tonumber(ARGV[6]), rate)
local cost = n * 1000 / rate
local earliest = math.max(now - tonumber(ARGV[4]), closed)
local tat = {}
for c = 0, 2 do tat[c] = math.max(tonumber(h[4 + c]) or 0, earliest) end
local slot = tat[class]
for c = class, 2 do tat[c] = tat[c] + cost end
redis.call('HSET', KEYS[1], 'rate', rate, 'closed', closed, 'grown', math.max(now, grown), 't0', tat[0], 't1', tat[1], 't2', tat[2])
redis.call('PEXPIRE', KEYS[1], 86400000)
return { math.max(0, math.ceil(slot - now)), math.floor(rate * 1000) }`;

/**
 * Closes a budget after a refusal, halves its rate once for all that were refused together, and tells every engine. The
 * reservations start again where the budget opens, so the engines come back one after the other.
 *
 * KEYS[1] the budget. ARGV: retry after (milliseconds; 0 when the service named none), lowest rate, first rate, channel.
 */
export const REFUSE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local wait = math.max(tonumber(ARGV[1]), 1000)
local h = redis.call('HMGET', KEYS[1], 'rate', 'closed', 'halved')
local rate = tonumber(h[1]) or tonumber(ARGV[3])
local closed = math.max(tonumber(h[2]) or 0, now + wait)
if now - (tonumber(h[3]) or 0) > wait then
  rate = math.max(tonumber(ARGV[2]), rate / 2)
  redis.call('HSET', KEYS[1], 'halved', now)
end
redis.call('HSET', KEYS[1], 'rate', rate, 'closed', closed, 'grown', closed, 't0', closed, 't1', closed, 't2', closed)
redis.call('PEXPIRE', KEYS[1], 86400000)
redis.call('PUBLISH', ARGV[4], tostring(math.ceil(closed - now)))
return math.ceil(closed - now)`;
