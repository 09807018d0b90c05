-- A group has a new id. What the new one has already stands. After outbox.lua.
-- KEYS[10]: chats, gone, subscriptions, changes, moved, thresholds, crossings, crossing times,
-- digests, digested.
-- ARGV: old, new, changes kept, seconds that a move is remembered.

local CHATS, GONE, SUBSCRIPTIONS = KEYS[10], KEYS[11], KEYS[12]
local CHANGES, MOVED = KEYS[13], KEYS[14]
local old, new, kept = ARGV[1], ARGV[2], ARGV[3]

-- All that a chat is owed, out or not.
local function owed_to(chat)
  wake(chat, math.huge)
  local _, _, out = lease_of(chat)
  return parse((out or '') .. '\n' .. (redis.call('HGET', OWED, chat) or ''))
end

local function withdraw(chat)
  local alerts = owed_to(chat)
  release(chat)
  redis.call('HDEL', OWED, chat)
  redis.call('LREM', FRESH, 0, chat)
  redis.call('ZREM', DELAYED, chat)
  redis.call('HDEL', ATTEMPTS, chat)
  return alerts
end

-- Lets what waits for a chat wait for another, each article once a topic.
local function move()
  local known, moving, unknown = {}, withdraw(old), {}
  for _, alert in ipairs(owed_to(new)) do known[alert.topic .. ' ' .. alert.article] = true end
  for _, alert in ipairs(moving) do
    if not known[alert.topic .. ' ' .. alert.article] then table.insert(unknown, alert) end
  end
  count(#unknown - #moving)
  if #unknown == 0 then return end
  owe_also(new, unknown)
  if redis.call('HEXISTS', LEASES, new) == 1 then return end
  redis.call('LREM', FRESH, 0, new)
  redis.call('ZADD', DELAYED, 'NX', 0, new)
end

-- Merges a field of JSON into another; answers what was moved, by name: false where the other has
-- it already.
local function merge(hash)
  local moved, was = {}, redis.call('HGET', hash, old)
  if not was then return moved end
  local is = cjson.decode(redis.call('HGET', hash, new) or '{}')
  for name, value in pairs(cjson.decode(was)) do
    moved[name] = not is[name] and value
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

-- Crossings that are owed to the old one. They are few, but in the minutes after a publication.
local function readdress(crossings, times)
  for _, name in ipairs(redis.call('HKEYS', crossings)) do
    local chat, rest = string.match(name, '^(-?%d+)(.*)$')
    if chat == old then
      local crossing = cjson.decode(redis.call('HGET', crossings, name))
      crossing.threshold.chat = new .. string.match(rest, '^[^/]*')
      redis.call('HSET', crossings, new .. rest, cjson.encode(crossing))
      redis.call('ZADD', times, redis.call('ZSCORE', times, name) or 0, new .. rest)
      redis.call('HDEL', crossings, name)
      redis.call('ZREM', times, name)
    end
  end
end

-- The digests of these topics, but where the new one has its own.
local function reschedule(digests, digested, topics)
  for topic, value in pairs(topics) do
    local of = topic == '0' and '' or ':' .. topic
    local due, record = redis.call('ZSCORE', digests, old .. of), redis.call('HGET', digested, old .. of)
    if due and value then redis.call('ZADD', digests, due, new .. of) end
    if record and value then redis.call('HSETNX', digested, new .. of, record) end
    redis.call('ZREM', digests, old .. of)
    redis.call('HDEL', digested, old .. of)
  end
end

reschedule(KEYS[18], KEYS[19], merge(CHATS))
merge(KEYS[15])
readdress(KEYS[16], KEYS[17])
redis.call('SREM', GONE, old)
for name, value in pairs(merge(SUBSCRIPTIONS)) do
  log(old, name, '')
  if value then log(new, name, value) end
end
move()
redis.call('HDEL', MOVED, new) -- so that no way leads in a circle
redis.call('HSET', MOVED, old, new)
redis.call('EXPIRE', MOVED, ARGV[4])
