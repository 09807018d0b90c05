-- Done with a bundle, or with a part of it. ARGV: chat, token, now, then the articles that are
-- settled. Answers 1, or 0 where the lease is another's.

local chat, now = ARGV[1], tonumber(ARGV[3])
local token, _, text = lease_of(chat)
if token ~= ARGV[2] then return 0 end

local settled, rest, alerts = {}, {}, parse(text)
for i = 4, #ARGV do settled[ARGV[i]] = true end
for _, alert in ipairs(alerts) do
  if not settled[alert.article] then table.insert(rest, alert) end
end

release(chat)
redis.call('HDEL', ATTEMPTS, chat)
count(#rest - #alerts)
owe_also(chat, rest)
local free = math.max(pace(chat), now + gap(chat))
redis.call('ZADD', PACES, free, chat)
if redis.call('HEXISTS', OWED, chat) == 1 then redis.call('ZADD', DELAYED, free, chat) end
return 1
