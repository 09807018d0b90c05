-- Let what waits for one topic of a chat wait for another, or for another chat, each article once.
-- After outbox.lua.

-- Gives a chat its turn anew, by what it is owed now. A lease gives it one when it ends.
local function turn(chat)
  redis.call('LREM', FRESH, 0, chat)
  if redis.call('HEXISTS', OWED, chat) == 0 then
    redis.call('ZREM', DELAYED, chat)
  elseif redis.call('HEXISTS', LEASES, chat) == 0 then
    redis.call('ZADD', DELAYED, 'NX', 0, chat)
  end
end

-- Takes a topic's alerts away from a chat, out of its lease too.
local function withdraw(chat, topic)
  local moving, staying = {}, {}
  local _, leased, text = lease_of(chat)
  if leased == topic then
    moving = parse(text)
    release(chat)
  end
  for _, alert in ipairs(parse(redis.call('HGET', OWED, chat))) do
    table.insert(alert.topic == topic and moving or staying, alert)
  end
  if #moving == 0 then return moving end
  owe(chat, staying)
  turn(chat)
  if #staying == 0 and redis.call('HEXISTS', LEASES, chat) == 0 then
    redis.call('HDEL', ATTEMPTS, chat)
  end
  return moving
end

-- The articles that a topic is owed, out or not.
local function articles(chat, topic)
  local known = {}
  local _, leased, text = lease_of(chat)
  if leased == topic then
    for _, alert in ipairs(parse(text)) do known[alert.article] = true end
  end
  for _, alert in ipairs(parse(redis.call('HGET', OWED, chat))) do
    if alert.topic == topic then known[alert.article] = true end
  end
  return known
end

local function move(old, old_topic, new, new_topic)
  local moving, new_ones = withdraw(old, old_topic), {}
  local known = articles(new, new_topic)
  for _, alert in ipairs(moving) do
    if not known[alert.article] then
      alert.line = string.gsub(alert.line, '^(%S+ %S+) %S+', '%1 ' .. new_topic, 1)
      alert.topic = new_topic
      table.insert(new_ones, alert)
    end
  end
  count(#new_ones - #moving)
  if #new_ones == 0 then return end
  owe_also(new, new_ones)
  turn(new)
end

local function topics(chat)
  local found = {}
  local _, leased = lease_of(chat)
  if leased then found[leased] = true end
  for _, alert in ipairs(parse(redis.call('HGET', OWED, chat))) do found[alert.topic] = true end
  return found
end
