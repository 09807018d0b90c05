-- Done with a bundle, or with a part of it. After outbox.lua and pace.lua. KEYS[11]: counts of the
-- chat's day, then the posts of each article that was told. ARGV: chat, token, now, message (0: none
-- was sent), day (or empty), seconds that posts are remembered, seconds that counts are, then the
-- articles that are settled. Answers 1, or 0 where the lease is another's.

local chat, now, message = ARGV[1], tonumber(ARGV[3]), ARGV[4]
local token, topic, text = lease_of(chat)
if token ~= ARGV[2] then return 0 end

local settled, rest, alerts = {}, {}, parse(text)
for i = 8, #ARGV do settled[ARGV[i]] = true end
for _, alert in ipairs(alerts) do
  if not settled[alert.article] then table.insert(rest, alert) end
end

-- Which message told what, marked where it told several.
local function remember()
  local name = topic == '0' and chat or chat .. ':' .. topic
  for i = 12, #KEYS do
    redis.call('HSET', KEYS[i], name, (#KEYS > 12 and '-' or '') .. message)
    redis.call('EXPIRE', KEYS[i], ARGV[6], 'NX')
  end
  if ARGV[5] ~= '' then
    redis.call('HINCRBY', KEYS[11], name, 1)
    redis.call('EXPIRE', KEYS[11], ARGV[7], 'NX')
  end
end

if message ~= '0' then remember() end
release(chat)
redis.call('HDEL', ATTEMPTS, chat)
count(#rest - #alerts)
owe_also(chat, rest)
local free = math.max(pace(chat), message ~= '0' and now + gap(chat) or now)
set_pace(chat, free)
turn(chat, free)
return 1
