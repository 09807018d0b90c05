-- What the scripts that put an article's alerts in share. After outbox.lua. KEYS[10]: moved,
-- gone.

local MOVED, GONE = KEYS[10], KEYS[11]
local MOST = 500 -- that one command is given at once

local function in_parts(all, action)
  for first = 1, #all, MOST do
    action(first, math.min(first + MOST - 1, #all))
  end
end

local function all_of(command, key, names)
  local found = {}
  in_parts(names, function(first, last)
    for _, one in ipairs(redis.call(command, key, unpack(names, first, last))) do
      table.insert(found, one)
    end
  end)
  return found
end

-- The id that a chat has now: whoever matched may not have known yet that it moved.
local function current(chat)
  local id = chat
  while id do chat, id = id, redis.call('HGET', MOVED, id) end
  return chat
end

local function before(one, other)
  if one.chat ~= other.chat then return tonumber(one.chat) < tonumber(other.chat) end
  return tonumber(one.topic) < tonumber(other.topic)
end

-- The alerts from ARGV[first] on, each a name (chat or chat:topic) and a line, once a name.
local function given(first)
  local alerts, met, has_moved = {}, {}, redis.call('EXISTS', MOVED) == 1
  for i = first, #ARGV, 2 do
    local chat, topic = string.match(ARGV[i], '^([^:]+)(.*)$')
    chat = has_moved and current(chat) or chat
    local name = chat .. topic
    if not met[name] then
      local number = topic == '' and '0' or string.sub(topic, 2)
      table.insert(alerts, { chat = chat, topic = number, name = name, line = ARGV[i + 1] })
    end
    met[name] = true
  end
  -- Of a chat's topics, some may have come from another.
  if has_moved then table.sort(alerts, before) end
  return alerts
end

-- Those of the alerts for whose `field` the set does not hold a member.
local function outside(set, alerts, field)
  local names, left = {}, {}
  for _, alert in ipairs(alerts) do table.insert(names, alert[field]) end
  for i, is_member in ipairs(all_of('SMISMEMBER', set, names)) do
    if is_member == 0 then table.insert(left, alerts[i]) end
  end
  return left
end

-- Puts alerts in, but those of chats that are gone, which would take up slots for nothing.
local function put(alerts)
  local new, ids = {}, {}
  for _, alert in ipairs(alerts) do
    if redis.call('HSETNX', OWED, alert.chat, alert.line) == 1 then
      table.insert(ids, alert.chat)
    else
      local known = redis.call('HGET', OWED, alert.chat)
      redis.call('HSET', OWED, alert.chat, known .. '\n' .. alert.line)
    end
  end
  for i, lease in ipairs(all_of('HMGET', LEASES, ids)) do
    if not lease then table.insert(new, ids[i]) end
  end
  in_parts(new, function(first, last) redis.call('RPUSH', FRESH, unpack(new, first, last)) end)
  count(#alerts)
end
