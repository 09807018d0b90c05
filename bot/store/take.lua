-- Lease out what may be sent. ARGV: now, lease, limit, spacing, token.
-- Answers, for each chat: chat, topic, attempts, slot, alerts.

local now, lease, limit = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local spacing, token = tonumber(ARGV[4]), ARGV[5]
local MARGIN = 100 -- how many more than can go are looked at, lest one script take long

local state = redis.call('HMGET', PACING, 'slot', 'hold')
local slot, last = math.max(tonumber(state[1] or 0), now), now + lease / 3
if tonumber(state[2] or 0) > now or slot > last then return {} end
limit = math.min(limit, math.floor((last - slot) / spacing) + 1)

-- Whoever held a lease may have sent until its very end.
local function expire()
  local ended = redis.call('ZRANGEBYSCORE', LEASED, '-inf', now, 'WITHSCORES', 'LIMIT', 0, limit + MARGIN)
  for i = 1, #ended, 2 do
    local _, _, text = lease_of(ended[i])
    put_off(ended[i], text, tonumber(ended[i + 1]) + gap(ended[i]))
  end
end

local function sooner(one, other)
  if one.since ~= other.since then return one.since < other.since end
  return tonumber(one.chat) < tonumber(other.chat)
end

local function due()
  local chats = {}
  for _, chat in ipairs(redis.call('ZRANGEBYSCORE', DELAYED, '-inf', now, 'LIMIT', 0, limit + MARGIN)) do
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
  redis.call('ZADD', PACES, slot + gap(chat), chat)
  return { chat, out[1].topic, tonumber(redis.call('HGET', ATTEMPTS, chat) or 0), exact(slot), join(out) }
end

expire()
redis.call('ZREMRANGEBYSCORE', PACES, '-inf', now)
local bundles, delayed = {}, due()
for _ = 1, limit + MARGIN do
  local chat = #bundles < limit and pop(delayed)
  if not chat then break end
  if pace(chat) > now then
    redis.call('ZADD', DELAYED, pace(chat), chat)
  else
    table.insert(bundles, take(chat))
    slot = slot + spacing
  end
end
if #bundles > 0 then redis.call('HSET', PACING, 'slot', exact(slot)) end
return bundles
