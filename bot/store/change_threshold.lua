-- A threshold's new state and what is owed of it, in one step.
-- KEYS: thresholds, crossings, crossing times. ARGV: chat, topic/key, old value, new value, then,
-- where it was crossed: the crossing's key, the crossing, now. Answers 0 where the old value is
-- not there.

local all = cjson.decode(redis.call('HGET', KEYS[1], ARGV[1]) or '{}')
if all[ARGV[2]] ~= ARGV[3] then return 0 end
all[ARGV[2]] = ARGV[4]
redis.call('HSET', KEYS[1], ARGV[1], cjson.encode(all))
if ARGV[5] then
  redis.call('HSET', KEYS[2], ARGV[5], ARGV[6])
  redis.call('ZADD', KEYS[3], ARGV[7], ARGV[5])
end
return 1
