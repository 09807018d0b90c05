-- What the scripts of the outbox share. KEYS[1] to KEYS[9] are keys.OUTBOX.
--
-- An alert is a line: since, article, topic, then the keys of its subscriptions. The lines of a
-- chat are in the order of `since`. A lease is a line, token, topic and mark, before the lines taken.
-- What is put aside has the time until which it is, before each line.
-- A chat for which something waits is in FRESH or in DELAYED, or else it is under a lease.

local OWED, FRESH, DELAYED, LEASES, LEASED = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local ATTEMPTS, PACING, HELD, DUE = KEYS[6], KEYS[7], KEYS[8], KEYS[9]

local function exact(number)
  return string.format('%.17g', number)
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

-- The lease of a chat as token, topic, text of its alerts, and its mark; nil where there is none.
-- Marked (!): what the chat has set was changed since.
local function lease_of(chat)
  local lease = redis.call('HGET', LEASES, chat) or ''
  local token, topic, mark, text = string.match(lease, '^(%S+) (%S+) ?(!?)\n(.*)$')
  return token, topic, text, mark
end

local function release(chat)
  redis.call('HDEL', LEASES, chat)
  redis.call('ZREM', LEASED, chat)
end

-- Give a chat that is in no queue its turn, if something waits for it. A lease gives it one when it
-- ends.
local function turn(chat, due)
  if redis.call('HEXISTS', OWED, chat) == 1 and redis.call('HEXISTS', LEASES, chat) == 0 then
    redis.call('ZADD', DELAYED, due, chat)
  end
end

local function put_off(chat, text, due)
  release(chat)
  owe_also(chat, parse(text))
  redis.call('ZADD', DELAYED, due, chat)
end

-- What is put aside for a chat: alerts with `till`.
local function held_for(chat)
  local alerts = {}
  for till, line in string.gmatch(redis.call('HGET', HELD, chat) or '', '(%S+) ([^\n]+)') do
    local alert = parse(line)[1]
    alert.till = tonumber(till)
    table.insert(alerts, alert)
  end
  return alerts
end

local function keep_held(chat, alerts)
  local lines, due = {}, math.huge
  for _, alert in ipairs(alerts) do
    table.insert(lines, exact(alert.till) .. ' ' .. alert.line)
    due = math.min(due, alert.till)
  end
  if #lines == 0 then
    redis.call('HDEL', HELD, chat)
    redis.call('ZREM', DUE, chat)
  else
    redis.call('HSET', HELD, chat, table.concat(lines, '\n'))
    redis.call('ZADD', DUE, due == math.huge and '+inf' or due, chat)
  end
end

-- Let what was put aside until `now` wait again.
local function wake(chat, now)
  local awake, asleep = {}, {}
  for _, alert in ipairs(held_for(chat)) do
    table.insert(alert.till <= now and awake or asleep, alert)
  end
  keep_held(chat, asleep)
  count(#awake)
  local waits = redis.call('HEXISTS', OWED, chat) == 1
  owe_also(chat, awake)
  if not waits then turn(chat, 0) end
end
