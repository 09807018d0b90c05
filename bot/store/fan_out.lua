-- Put a part of an article's alerts in the outbox, ahead of keep.lua. After outbox.lua,
-- put.lua and articles.lua. KEYS[12]: claims, fanout. ARGV: id, token, seconds that the fan-out is
-- remembered, then for each alert: chat or chat:topic, line. Answers 0 where the claim is another's.

local claims, fanout = KEYS[12], KEYS[13]
if not holds(claims, ARGV[1], ARGV[2]) then return 0 end

local alerts, names = outside(fanout, outside(GONE, given(4), 'chat'), 'name'), {}
for _, alert in ipairs(alerts) do table.insert(names, alert.name) end
put(alerts)
in_parts(names, function(first, last)
  redis.call('SADD', fanout, unpack(names, first, last))
end)
redis.call('EXPIRE', fanout, ARGV[3])
return 1
