-- A clock that was set back. After outbox.lua and pace.lua. KEYS[11]: slots, the latest first: none
-- is far ahead of the time. What is due by the clock as it was is so by as much earlier from now
-- on, lest everybody wait for the old time to come again. Machines differ by less than FAR.

local SLOTS, FAR = KEYS[11], 60

local function earlier_by(seconds, set, now)
  local all = redis.call('ZRANGEBYSCORE', set, '(' .. exact(now), '+inf', 'WITHSCORES')
  for i = 1, #all, 2 do
    redis.call('ZADD', set, exact(all[i + 1] - seconds), all[i])
  end
end

local function mind_the_clock(now)
  local slots = redis.call('LRANGE', SLOTS, 0, -1)
  local back = tonumber(slots[1] or 0) - now
  if back < FAR then return end
  for i, slot in ipairs(slots) do redis.call('LSET', SLOTS, i - 1, exact(slot - back)) end
  for _, set in ipairs({ DELAYED, LEASED, PACES }) do earlier_by(back, set, now) end
  local hold = tonumber(redis.call('HGET', PACING, 'hold') or 0)
  if hold > now then redis.call('HSET', PACING, 'hold', exact(hold - back)) end
end
