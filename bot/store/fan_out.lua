-- Put a part of an article's alerts in the outbox, ahead of keep.lua. After outbox.lua and
-- articles.lua. KEYS[9]: claims, fanout. ARGV: id, token, seconds that the fan-out is remembered,
-- then for each alert: chat or chat:topic, line. Answers 0 where the claim is another's.

local claims, fanout = KEYS[9], KEYS[10]
if not holds(claims, ARGV[1], ARGV[2]) then return 0 end

local added = 0
for i = 4, #ARGV, 2 do
  if redis.call('SADD', fanout, ARGV[i]) == 1 then
    put(string.match(ARGV[i], '^[^:]+'), ARGV[i + 1])
    added = added + 1
  end
end
count(added)
redis.call('EXPIRE', fanout, ARGV[3])
return 1
