-- KEYS: thresholds. ARGV: chat, topic/key, value, limit. Answers 1, or 0: too many in this topic.

local all = cjson.decode(redis.call('HGET', KEYS[1], ARGV[1]) or '{}')
local topic, mine = string.match(ARGV[2], '^(%d+)/'), 0
for name in pairs(all) do
  if string.match(name, '^(%d+)/') == topic then mine = mine + 1 end
end
if not all[ARGV[2]] and mine >= tonumber(ARGV[4]) then return 0 end
all[ARGV[2]] = ARGV[3]
redis.call('HSET', KEYS[1], ARGV[1], cjson.encode(all))
return 1
