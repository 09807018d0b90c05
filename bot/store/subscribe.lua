-- KEYS: subscriptions, changes. ARGV: chat, topic, key, value, limit, changes kept, chat or
-- chat:topic. Answers 1: added or changed, 0: was there, nil: too many.

local all = cjson.decode(redis.call('HGET', KEYS[1], ARGV[1]) or '{}')
local name, mine = ARGV[2] .. '/' .. ARGV[3], 0

local function manner(value)
  return string.match(value, '^[^\t]*')
end

if all[name] then
  if manner(all[name]) == manner(ARGV[4]) then return 0 end
else
  for other in pairs(all) do
    if string.match(other, '^%d+') == ARGV[2] then mine = mine + 1 end
  end
  if mine >= tonumber(ARGV[5]) then return nil end
end

all[name] = ARGV[4]
redis.call('HSET', KEYS[1], ARGV[1], cjson.encode(all))
redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[6], '*', 'chat', ARGV[7], 'key', ARGV[3], 'value', ARGV[4])
return 1
