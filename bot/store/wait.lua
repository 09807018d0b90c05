-- Let unknown items wait of which a feed has told: once while its word is remembered.
-- KEYS: waiting, items, seen, fed. ARGV: seconds that the feed's word is remembered, then for each
-- item: id, published, row.

local waiting, items, seen, fed = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local now = tonumber(redis.call('TIME')[1])

for i = 2, #ARGV, 3 do
  local id = ARGV[i]
  local met = redis.call('ZSCORE', seen, id) or redis.call('ZSCORE', fed, id)
  if not met and redis.call('ZADD', waiting, 'NX', ARGV[i + 1], id) == 1 then
    redis.call('HSET', items, id, ARGV[i + 2])
    redis.call('ZADD', fed, now, id)
  end
end
redis.call('ZREMRANGEBYSCORE', fed, '-inf', now - ARGV[1])
