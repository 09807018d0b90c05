-- Put some alerts of a bundle aside. After outbox.lua. ARGV: chat, token, how many are kept, then
-- article and time for each. Answers as settle.lua.

local chat, most = ARGV[1], tonumber(ARGV[3])
local token, topic, text, mark = lease_of(chat)
if token ~= ARGV[2] then return 0 end

local till, rest, aside = {}, {}, held_for(chat)
-- Judged by what the chat had set before: it is judged anew at once.
for i = 4, #ARGV, 2 do till[ARGV[i]] = mark == '!' and 0 or tonumber(ARGV[i + 1]) end
local before = #aside
for _, alert in ipairs(parse(text)) do
  alert.till = till[alert.article]
  table.insert(alert.till and aside or rest, alert)
end
count(before - #aside)
table.sort(aside, earlier)
while #aside > most do table.remove(aside, 1) end
keep_held(chat, aside)

if #rest > 0 then
  redis.call('HSET', LEASES, chat, token .. ' ' .. topic .. '\n' .. join(rest))
else
  release(chat)
  redis.call('HDEL', ATTEMPTS, chat)
  turn(chat, 0)
end
return 1
