-- KEYS: thresholds. ARGV: chat, topic/key. Answers whether it was there.

local all = cjson.decode(redis.call('HGET', KEYS[1], ARGV[1]) or '{}')
if not all[ARGV[2]] then return 0 end
all[ARGV[2]] = nil
if next(all) then
  redis.call('HSET', KEYS[1], ARGV[1], cjson.encode(all))
else
  redis.call('HDEL', KEYS[1], ARGV[1])
end
return 1
