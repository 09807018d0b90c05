-- What the scripts of the outbox share. KEYS[1] to KEYS[8] are keys.OUTBOX.
--
-- An alert is a line: since, article, topic, then the keys of its subscriptions. The lines of a
-- chat are in the order of `since`. A lease is a line, token and topic, before the lines taken.
-- A chat for which something waits is in FRESH or in DELAYED, or else it is under a lease.

local OWED, FRESH, DELAYED, LEASES = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local LEASED, ATTEMPTS, PACES, PACING = KEYS[5], KEYS[6], KEYS[7], KEYS[8]

local function exact(number)
  return string.format('%.17g', number)
end

-- Telegram: a message a second to a person, twenty a minute to a group or channel.
local function gap(chat)
  return string.sub(chat, 1, 1) == '-' and 3 or 1
end

local function pace(chat)
  return tonumber(redis.call('ZSCORE', PACES, chat) or 0)
end

local function since(chat)
  return tonumber(string.match(redis.call('HGET', OWED, chat), '^%S+'))
end

local function parse(text)
  local alerts = {}
  for line in string.gmatch(text or '', '[^\n]+') do
    local put, article, topic = string.match(line, '^(%S+) (%S+) (%S+)')
    table.insert(alerts, { line = line, since = tonumber(put), article = article, topic = topic })
  end
  return alerts
end

local function earlier(one, other)
  if one.since ~= other.since then return one.since < other.since end
  if one.topic ~= other.topic then return tonumber(one.topic) < tonumber(other.topic) end
  return tonumber(one.article) < tonumber(other.article)
end

local function join(alerts)
  local all = {}
  for _, alert in ipairs(alerts) do table.insert(all, alert.line) end
  return table.concat(all, '\n')
end

local function owe(chat, alerts)
  if #alerts == 0 then
    redis.call('HDEL', OWED, chat)
  else
    redis.call('HSET', OWED, chat, join(alerts))
  end
end

local function owe_also(chat, alerts)
  if #alerts == 0 then return end
  local all = parse(redis.call('HGET', OWED, chat))
  for _, alert in ipairs(alerts) do table.insert(all, alert) end
  table.sort(all, earlier)
  owe(chat, all)
end

local function count(change)
  if change ~= 0 then redis.call('HINCRBY', PACING, 'unsettled', change) end
end

-- The lease of a chat as token, topic, text of its alerts; nil where there is none.
local function lease_of(chat)
  return string.match(redis.call('HGET', LEASES, chat) or '', '^(%S+) (%S+)\n(.*)$')
end

local function release(chat)
  redis.call('HDEL', LEASES, chat)
  redis.call('ZREM', LEASED, chat)
end

local function put_off(chat, text, due)
  release(chat)
  redis.call('HINCRBY', ATTEMPTS, chat, 1)
  owe_also(chat, parse(text))
  redis.call('ZADD', DELAYED, math.max(due, pace(chat)), chat)
end
