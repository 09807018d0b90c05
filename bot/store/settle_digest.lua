-- Done with a digest, or not yet. After outbox.lua. KEYS[10]: digests, digested. ARGV: chat, end of
-- its lease, when it is due next (empty: never), what is known of it from now on (empty: as it
-- was), then articles that it told. Answers 1, or 0 where it was scheduled otherwise meanwhile.

local DIGESTS, DIGESTED = KEYS[10], KEYS[11]
local ref, till, due, record = ARGV[1], tonumber(ARGV[2]), ARGV[3], ARGV[4]
local chat, topic = string.match(ref, '^([^:]+):?(.*)$')

local function discard()
  local told, left = {}, {}
  for i = 5, #ARGV do told[ARGV[i]] = true end
  for _, alert in ipairs(held_for(chat)) do
    local is_its = alert.topic == (topic == '' and '0' or topic)
    if not (is_its and told[alert.article]) then table.insert(left, alert) end
  end
  keep_held(chat, left)
end

if record ~= '' then redis.call('HSET', DIGESTED, ref, record) end
if #ARGV > 4 then discard() end
if tonumber(redis.call('ZSCORE', DIGESTS, ref) or -1) ~= till then return 0 end
if due == '' then
  redis.call('ZREM', DIGESTS, ref)
else
  redis.call('ZADD', DIGESTS, due, ref)
end
return 1
