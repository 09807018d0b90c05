-- KEYS: subscriptions, changes. ARGV: chat, topic, key, changes kept, chat or chat:topic.
-- Answers what was removed.

local all = cjson.decode(redis.call('HGET', KEYS[1], ARGV[1]) or '{}')
local name = ARGV[2] .. '/' .. ARGV[3]
local removed = all[name]
if not removed then return nil end

all[name] = nil
if next(all) then
  redis.call('HSET', KEYS[1], ARGV[1], cjson.encode(all))
else
  redis.call('HDEL', KEYS[1], ARGV[1])
end
redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[4], '*', 'chat', ARGV[5], 'key', ARGV[3], 'value', '')
return removed
