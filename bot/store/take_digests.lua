-- Lease out the digests that are due. KEYS: digests, digested, held. ARGV: now, lease, limit.
-- Answers, for each: chat, what is known of its last digest, what is put aside for it.

local now, till = tonumber(ARGV[1]), string.format('%.17g', ARGV[1] + ARGV[2])
local answers = {}
for _, ref in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[3])) do
  local chat = string.match(ref, '^[^:]+')
  local record = redis.call('HGET', KEYS[2], ref) or ''
  redis.call('ZADD', KEYS[1], till, ref)
  table.insert(answers, { ref, record, redis.call('HGET', KEYS[3], chat) or '' })
end
return answers
