-- What the scripts about claims share. A claim is a line: until, attempts, token ("-": nobody's).

local function claim_of(claims, id)
  return string.match(redis.call('HGET', claims, id) or '0 0 -', '^(%S+) (%S+) (%S+)$')
end

local function holds(claims, id, token)
  local _, _, holder = claim_of(claims, id)
  return holder == token
end

-- It waits no more.
local function forget(waiting, items, claims, id)
  redis.call('ZREM', waiting, id)
  redis.call('HDEL', items, id)
  redis.call('HDEL', claims, id)
end

-- See an item for good.
local function see(waiting, items, claims, seen, id)
  redis.call('ZADD', seen, redis.call('TIME')[1], id)
  forget(waiting, items, claims, id)
end
