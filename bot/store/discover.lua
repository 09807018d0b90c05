-- Let unknown items wait, remember the seen ones anew, then keep where polling stands.
-- KEYS: waiting, items, seen, listings, fed. ARGV: edition, validator, gap, seconds that seen ones are
-- remembered, then for each item: id, published, row.

local waiting, items, seen, listings = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local now, DAY = tonumber(redis.call('TIME')[1]), 86400

for i = 5, #ARGV, 3 do
  local id = ARGV[i]
  redis.call('ZREM', KEYS[5], id)
  local met = tonumber(redis.call('ZSCORE', seen, id))
  if met and met < now - DAY then
    redis.call('ZADD', seen, now, id) -- once a day: rows are met with every poll
  elseif not met and redis.call('ZADD', waiting, 'NX', ARGV[i + 1], id) == 1 then
    redis.call('HSET', items, id, ARGV[i + 2])
  end
end
redis.call('HSET', listings, ARGV[1] .. ':validator', ARGV[2], ARGV[1] .. ':gap', ARGV[3])
redis.call('ZREMRANGEBYSCORE', seen, '-inf', now - ARGV[4])
