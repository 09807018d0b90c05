-- Lease out what may be sent. After outbox.lua, pace.lua and clock.lua. ARGV: now, lease, limit, token.
-- Answers, for each chat, a line (chat, topic, attempts) and its alerts, then an empty line.

local now, lease, limit, token = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4]
local MARGIN = 100 -- how many more than can go are looked at, lest one script take long

mind_the_clock(now)
if tonumber(redis.call('HGET', PACING, 'hold') or 0) > now then return '' end

local function first(queue)
  return redis.call('ZRANGEBYSCORE', queue, '-inf', now, 'LIMIT', 0, limit + MARGIN)
end

-- Whoever held a lease may have sent until its very end.
local function expire()
  for _, chat in ipairs(first(LEASED)) do
    local _, _, text = lease_of(chat)
    set_pace(chat, math.max(pace(chat), tonumber(redis.call('ZSCORE', LEASED, chat)) + gap(chat)))
    redis.call('HINCRBY', ATTEMPTS, chat, 1)
    put_off(chat, text, pace(chat))
  end
end

local function sooner(one, other)
  if one.since ~= other.since then return one.since < other.since end
  return tonumber(one.chat) < tonumber(other.chat)
end

local function due()
  local chats = {}
  for _, chat in ipairs(first(DELAYED)) do
    table.insert(chats, { chat = chat, since = since(chat) })
  end
  table.sort(chats, sooner)
  return chats
end

-- The chat that has waited longest, of those come back and those new.
local function pop(delayed)
  local head = redis.call('LINDEX', FRESH, 0)
  if head and (not delayed[1] or sooner({ chat = head, since = since(head) }, delayed[1])) then
    return redis.call('LPOP', FRESH)
  end
  return delayed[1] and table.remove(delayed, 1).chat
end

-- One topic at a time: they share a pace.
local function take(chat)
  local out, rest, alerts = {}, {}, parse(redis.call('HGET', OWED, chat))
  for _, alert in ipairs(alerts) do
    table.insert(alert.topic == alerts[1].topic and out or rest, alert)
  end
  owe(chat, rest)
  redis.call('ZREM', DELAYED, chat)
  redis.call('HSET', LEASES, chat, token .. ' ' .. out[1].topic .. '\n' .. join(out))
  redis.call('ZADD', LEASED, now + lease, chat)
  local attempts = redis.call('HGET', ATTEMPTS, chat) or 0
  return chat .. ' ' .. out[1].topic .. ' ' .. attempts .. '\n' .. join(out)
end

expire()
for _, chat in ipairs(first(DUE)) do wake(chat, now) end
local bundles, delayed = {}, due()
for _ = 1, limit + MARGIN do
  local chat = #bundles < limit and pop(delayed)
  if not chat then break end
  if pace(chat) > now then
    redis.call('ZADD', DELAYED, pace(chat), chat)
  else
    table.insert(bundles, take(chat))
  end
end
return table.concat(bundles, '\n\n')
