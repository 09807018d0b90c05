-- Keep a corrected article and have what told it put right. After news.lua.
-- KEYS: article, headlines, looks, corrections, news. ARGV: name in headlines, id, article, seconds that
-- it is kept, row, now, then the looks that are done with.

if redis.call('SET', KEYS[1], ARGV[3], 'XX', 'EX', ARGV[4]) then
  redis.call('HSET', KEYS[2], ARGV[1], ARGV[5])
  redis.call('ZADD', KEYS[4], ARGV[6], ARGV[2])
  tell(KEYS[5], ARGV[2])
end
for i = 7, #ARGV do redis.call('ZREM', KEYS[3], ARGV[i]) end
