-- See items for good and mark their edition. After articles.lua and news.lua.
-- KEYS: waiting, items, claims, seen, headlines, timeline, baselines, news.
-- ARGV: edition, floor, then for each item: id, published, row.

for i = 3, #ARGV, 3 do
  local id = ARGV[i]
  see(KEYS[1], KEYS[2], KEYS[3], KEYS[4], id)
  redis.call('ZADD', KEYS[6], ARGV[i + 1], id)
  redis.call('HSET', KEYS[5], id, ARGV[i + 2])
  tell(KEYS[8], id)
end
redis.call('HSET', KEYS[7], ARGV[1], ARGV[2])
