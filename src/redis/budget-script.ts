/** The key of a budget in Redis. @param name the tenant and application that share it */
export function budgetKey(name: string): string {
  return `mdti:{${name}}:budget`;
}

/**
 * Reserves `n` slots of a budget by the generic cell rate algorithm (GCRA, ITU-T I.371): the caller sleeps once for the
 * returned time and then sends. The clock is Redis's own, so engines whose clocks differ agree.
 *
 * Each class has a theoretical arrival time (TAT). A reservation moves the TAT of its class and of every lower class,
 * so interactive work never waits behind bulk work, and bulk work gives way by as much as interactive work used.
 *
 * KEYS[1] the budget, a hash: rate (per second), t0 t1 t2 (TAT of each class, milliseconds), closed (nothing is sent
 * before), grown (when the rate last grew), refused (when it was last lowered), since and granted (reservations since the
 * budget opened). KEYS[2] the engines that used it in the last half minute, by time.
 * ARGV: n, class (0 interactive, 1 fetch, 2 bulk), first rate, burst (milliseconds), growth (share per second), highest rate,
 * name of the engine.
 * Returns: milliseconds to sleep, rate per second × 1000, number of engines.
 */
export const RESERVE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local n, class = tonumber(ARGV[1]), tonumber(ARGV[2])
local h = redis.call('HMGET', KEYS[1], 'rate', 'closed', 'grown', 't0', 't1', 't2', 'since', 'granted', 'refused')
local rate = tonumber(h[1]) or tonumber(ARGV[3])
local closed = tonumber(h[2]) or 0
local grown = tonumber(h[3]) or now
local growth = tonumber(ARGV[5])
if h[9] then growth = growth / 25 end
if now > grown then
  if (tonumber(h[6]) or 0) > now then rate = rate * (1 + growth * math.min(5, (now - grown) / 1000)) end
  grown = now
end
rate = math.min(tonumber(ARGV[6]), rate)
local since, granted = tonumber(h[7]) or now, tonumber(h[8]) or 0
if (tonumber(h[6]) or 0) < now - 5000 then since, granted = now, 0 end
local cost = n * 1000 / rate
local earliest = math.max(now - tonumber(ARGV[4]), closed)
local tat = {}
for c = 0, 2 do tat[c] = math.max(tonumber(h[4 + c]) or 0, earliest) end
local slot = tat[class]
for c = class, 2 do tat[c] = tat[c] + cost end
redis.call('HSET', KEYS[1], 'rate', rate, 'closed', closed, 'grown', grown, 't0', tat[0], 't1', tat[1], 't2', tat[2],
  'since', since, 'granted', granted + n)
redis.call('PEXPIRE', KEYS[1], 86400000)
redis.call('ZADD', KEYS[2], now, ARGV[7])
redis.call('ZREMRANGEBYSCORE', KEYS[2], 0, now - 30000)
redis.call('PEXPIRE', KEYS[2], 60000)
return { math.max(0, math.ceil(slot - now)), math.floor(rate * 1000), redis.call('ZCARD', KEYS[2]) }`;

/**
 * Closes a budget after a refusal, lowers its rate once for all requests rejected together, and notifies every engine.
 * Reservations resume when the budget opens, so the engines return one after another.
 *
 * The first refusal shows how many requests fit between the opening and the end of the service's window. A later one at almost
 * that rate, or early in a window, takes a small step back; any other one takes up to half of the rate.
 *
 * KEYS[1] the budget. ARGV: retry after (milliseconds; 0 if the service named no time), lowest rate, first rate, channel.
 */
export const REFUSE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local named = tonumber(ARGV[1]) > 0
local wait = math.max(tonumber(ARGV[1]), 1000)
local h = redis.call('HMGET', KEYS[1], 'rate', 'closed', 'refused', 't2', 'since', 'granted')
local rate = tonumber(h[1]) or tonumber(ARGV[3])
local closed = math.max(tonumber(h[2]) or 0, now + wait)
local isNew = now >= (tonumber(h[2]) or 0)
if isNew then
  local span = math.max(1, closed - (tonumber(h[5]) or now)) / 1000
  local pending = math.max(0, (tonumber(h[4]) or 0) - now) * rate / 1000
  local measured = math.max(0, (tonumber(h[6]) or 0) - pending) / span
  local lowered = rate / 2
  if named and not h[3] then lowered = math.min(rate, measured)
  elseif measured > 0.8 * rate and span >= 5 or named and span < 5 then lowered = rate * 0.96
  elseif named then lowered = math.max(rate / 2, measured) end
  rate = math.max(tonumber(ARGV[2]), lowered)
  redis.call('HSET', KEYS[1], 'refused', now, 'grown', closed + (h[3] and 100000 or 10000))
end
redis.call('HSET', KEYS[1], 'rate', rate, 'closed', closed, 't0', closed, 't1', closed, 't2', closed, 'since', closed, 'granted', 0)
redis.call('PEXPIRE', KEYS[1], 86400000)
redis.call('PUBLISH', ARGV[4], tostring(math.ceil(closed - now)))
return math.ceil(closed - now)`;
