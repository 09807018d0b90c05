-- See unknown items for good by their headlines alone, and keep how far a source was looked through.
-- After news.lua.
-- KEYS: waiting, seen, headlines, timeline, listings, news. ARGV: field, next page, then for each
-- item: id, published, row.

local now = redis.call('TIME')[1]

for i = 3, #ARGV, 3 do
  local id = ARGV[i]
  if not redis.call('ZSCORE', KEYS[1], id) and redis.call('ZADD', KEYS[2], 'NX', now, id) == 1 then
    redis.call('HSET', KEYS[3], id, ARGV[i + 2])
    redis.call('ZADD', KEYS[4], ARGV[i + 1], id)
    tell(KEYS[6], id)
  end
end
redis.call('HSET', KEYS[5], ARGV[1], ARGV[2])
