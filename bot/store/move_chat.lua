-- A group has a new id. What the new one has already stands.
-- KEYS[9]: chats, gone, subscriptions, changes, moved. ARGV: old, new, changes kept, seconds that a
-- move is remembered.

local CHATS, GONE, SUBSCRIPTIONS = KEYS[9], KEYS[10], KEYS[11]
local CHANGES, MOVED = KEYS[12], KEYS[13]
local old, new, kept = ARGV[1], ARGV[2], ARGV[3]

-- Merges a field of JSON into another; answers what was moved, by name.
local function merge(hash)
  local moved, was = {}, redis.call('HGET', hash, old)
  if not was then return moved end
  local is = cjson.decode(redis.call('HGET', hash, new) or '{}')
  for name, value in pairs(cjson.decode(was)) do
    moved[name] = is[name] and false or value
    is[name] = is[name] or value
  end
  redis.call('HSET', hash, new, cjson.encode(is))
  redis.call('HDEL', hash, old)
  return moved
end

local function log(chat, name, value)
  local topic, key = string.match(name, '^(%d+)/(.*)$')
  local ref = topic == '0' and chat or chat .. ':' .. topic
  redis.call('XADD', CHANGES, 'MAXLEN', '~', kept, '*', 'chat', ref, 'key', key, 'value', value)
end

merge(CHATS)
redis.call('SREM', GONE, old)
for name, value in pairs(merge(SUBSCRIPTIONS)) do
  log(old, name, '')
  if value then log(new, name, value) end
end
for topic in pairs(topics(old)) do move(old, topic, new, topic) end
redis.call('HDEL', MOVED, new) -- so that no way leads in a circle
redis.call('HSET', MOVED, old, new)
redis.call('EXPIRE', MOVED, ARGV[4])
